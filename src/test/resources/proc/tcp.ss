LISTEN     1      7       127.0.0.1:1001     0.0.0.0:*     ino:498007 sk:1f0ae cgroup:/ <->                                       
LISTEN     0      3      0.0.0.0%d0:1005     0.0.0.0:*     ino:494335 sk:1f0af cgroup:/ <->                                       
ESTAB      0      0       127.0.0.1:41056  127.0.0.1:1003  ino:498014 sk:1f0b0 cgroup:/ <->                                       
ESTAB      0      0       127.0.0.1:59732  127.0.0.1:1001  timer:(keepalive,119min,0) ino:498010 sk:1f0b1 fwmark:0x2a cgroup:/ <->
FIN-WAIT-2 0      0       127.0.0.1:59736  127.0.0.1:1001  ino:498016 sk:1f0b2 cgroup:/ <--                                       
FIN-WAIT-2 0      0       127.0.0.1:59748  127.0.0.1:1001  timer:(timewait,3.556ms,0) ino:0 sk:1f0b3                              
TIME-WAIT  0      0       127.0.0.1:59752  127.0.0.1:1001  timer:(timewait,58sec,0) ino:0 sk:1f0b4                                
ESTAB      0      0       127.0.0.1:59760  127.0.0.1:1001  ino:494332 sk:1f0b5 cgroup:/ <->                                       
CLOSE-WAIT 1      0       127.0.0.1:1001   127.0.0.1:59736 ino:498017 sk:1f0b6 cgroup:/ -->                                       
ESTAB      3000   0       127.0.0.1:1001   127.0.0.1:59732 ino:498011 sk:1f0b7 cgroup:/ <->                                       
CLOSE-WAIT 1      0       127.0.0.1:1001   127.0.0.1:59748 ino:498019 sk:1f0b8 cgroup:/ -->                                       
SYN-SENT   0      1       192.0.2.1:48980 192.0.2.99:80    timer:(on,680ms,1) ino:494333 sk:1f0b9 cgroup:/ <->                    
ESTAB      0      0       127.0.0.1:1001   127.0.0.1:59760 ino:0 sk:1f0ba cgroup:/ <->                                            
