UNCONN 832    0          *:2003      *:*    ino:494339 sk:1f0c7 cgroup:/ v6only:0 <->
ESTAB  0      0      [::1]:51505 [::1]:2003 ino:494340 sk:1f0c8 cgroup:/ <->         
