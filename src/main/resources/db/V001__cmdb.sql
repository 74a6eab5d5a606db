-- The CMDB: hosts, their processes, and who of them talked to whom, minute by minute.
-- The same statements run on PostgreSQL 10 and later and on Citus; one statement a call. The host is in every key.

create schema if not exists shawk;

create table shawk.setting (
    name text not null,
    value text not null,
    constraint setting_pkey primary key (name)
);

-- Rarely written; a reference table on Citus. What changes with every flush is in host_status.
create table shawk.host (
    host_id bigint not null,
    machine_id text not null,
    name text not null,
    boot_id text not null,
    first_seen timestamptz not null,
    constraint host_pkey primary key (host_id)
);

create table shawk.host_address (
    host_id bigint not null,
    netns text not null,
    address inet not null,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    constraint host_address_pkey primary key (host_id, netns, address)
);
create index host_address_address on shawk.host_address (address);

create table shawk.host_status (
    host_id bigint not null,
    last_seen timestamptz not null,
    version text not null,
    source text not null,
    exact boolean not null,
    sample_interval interval not null,
    lost bigint not null,
    spool_bytes bigint not null,
    rolled_until timestamptz,
    constraint host_status_pkey primary key (host_id)
);

-- The ledger of what has been stored, one row for each agent that ever wrote for the host.
create table shawk.agent (
    host_id bigint not null,
    instance uuid not null,
    epoch bigint not null,
    last_seq bigint not null,
    registered timestamptz not null,
    constraint agent_pkey primary key (host_id, instance)
);

create table shawk.process (
    host_id bigint not null,
    process_id bigint not null,
    name text not null,
    exe text not null,
    unit text not null,
    container text not null,
    username text not null,
    pid integer not null,
    pgid integer not null,
    started timestamptz,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    constraint process_pkey primary key (host_id, process_id)
);
create index process_name on shawk.process (name);

create table shawk.listener (
    host_id bigint not null,
    process_id bigint not null,
    protocol smallint not null,
    netns text not null,
    address inet not null,
    port integer not null,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    constraint listener_pkey primary key (host_id, process_id, protocol, netns, address, port)
);

-- direction: 0 in, 1 out, 2 unknown. protocol: as IPPROTO_*. port: null = unknown.
create table shawk.flow (
    host_id bigint not null,
    flow_id bigint not null,
    process_id bigint not null,
    direction smallint not null,
    protocol smallint not null,
    netns text not null,
    local_addr inet,
    peer_addr inet,
    port integer,
    nat_local_addr inet,
    nat_peer_addr inet,
    nat_port integer,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    constraint flow_pkey primary key (host_id, flow_id)
);
create index flow_peer on shawk.flow (peer_addr, port);
create index flow_nat_peer on shawk.flow (nat_peer_addr) where nat_peer_addr is not null;
create index flow_nat_local on shawk.flow (nat_local_addr) where nat_local_addr is not null;

-- Ten minutes of a flow, written again with each flush until they are over: at most one row for a flow that is in use.
-- Arrays are of one length, or null where all of their values are 0; minutes counts from at, and an element stands for
-- span minutes. run: which run of the agent counted it.
create table shawk.flow_live (
    host_id bigint not null,
    flow_id bigint not null,
    at timestamptz not null,
    run integer not null,
    span smallint not null,
    complete boolean not null,
    minutes smallint[] not null,
    opened integer[],
    closed integer[],
    failed integer[],
    peak integer[],
    tx bigint[],
    rx bigint[],
    rtt integer[],
    retrans integer[],
    evidence bigint[],
    constraint flow_live_pkey primary key (host_id, flow_id, at, run)
) with (fillfactor = 50);
