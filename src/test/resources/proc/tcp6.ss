LISTEN    0      7                   [::1]:1002                [::]:*     ino:498008 sk:1f0bb cgroup:/ v6only:1 <->
LISTEN    0      7                    [::]:1004                [::]:*     ino:494334 sk:1f0bc cgroup:/ v6only:1 <->
LISTEN    0      128                     *:1003                   *:*     ino:498009 sk:1f0bd cgroup:/ v6only:0 <->
ESTAB     0      0      [::ffff:127.0.0.1]:1003  [::ffff:127.0.0.1]:41056 ino:498015 sk:1f0be cgroup:/ <->         
ESTAB     0      0                   [::1]:1002               [::1]:46600 ino:498013 sk:1f0bf cgroup:/ <->         
ESTAB     100000 0                   [::1]:46600              [::1]:1002  ino:498012 sk:1f0c0 cgroup:/ <->         
TIME-WAIT 0      0                   [::1]:46608              [::1]:1002  timer:(timewait,58sec,0) ino:0 sk:1f0c1  
