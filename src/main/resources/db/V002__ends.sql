-- When an agent has written last; indexes for who is asked for by both ends of its connections. Some databases have all of
-- it from version 1: nothing here fails where it is there.

alter table shawk.agent add column if not exists written timestamptz;

-- A path may be longer than a sorted index takes.
create index if not exists process_exe on shawk.process using hash (exe);

drop index if exists shawk.flow_local;
drop index if exists shawk.flow_nat_peer;
drop index if exists shawk.flow_nat_local;
create index if not exists flow_ends on shawk.flow (local_addr, peer_addr, port, host_id);
-- By both addresses each, whatever of them is translated: one of them may be that of thousands of flows.
create index if not exists flow_no_port on shawk.flow (local_addr, peer_addr) where port is null;
create index flow_nat_local on shawk.flow (nat_local_addr, peer_addr) where nat_local_addr is not null;
create index flow_nat_peer on shawk.flow (nat_peer_addr, local_addr) where nat_peer_addr is not null;
create index if not exists flow_nat_both on shawk.flow (nat_local_addr, nat_peer_addr)
    where nat_local_addr is not null and nat_peer_addr is not null;
create index if not exists flow_nat_port on shawk.flow (local_addr, peer_addr, nat_port) where nat_port is not null;
