UNCONN 0      0         0.0.0.0:55779   0.0.0.0:*    ino:494362 sk:1f0c2 cgroup:/ <->           
UNCONN 832    0       127.0.0.1:2001    0.0.0.0:*    ino:494337 sk:1f0c3 cgroup:/ <->           
ESTAB  0      0       127.0.0.1:2002  127.0.0.1:2001 ino:494338 sk:1f0c4 cgroup:/ <->           
UNCONN 0      0      0.0.0.0%lo:2004    0.0.0.0:*    ino:494341 sk:1f0c5 fwmark:0x7 cgroup:/ <->
UNCONN 3840   0       127.0.0.1:2005    0.0.0.0:*    uid:1000 ino:494342 sk:1f0c6 cgroup:/ <->  
