-- The CMDB: hosts, their processes, and who of them talked to whom, minute by minute.
-- The same statements run on PostgreSQL 10 and later and on Citus; one statement a call. The host is in every key.
-- A statement below "-- only from 13:" or "-- only before 13:" is for servers of these versions.

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
create index process_unit on shawk.process (unit) where unit <> '';
create index process_container on shawk.process (container) where container <> '';

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
) with (fillfactor = 80);
create index flow_process on shawk.flow (host_id, process_id);
create index flow_local on shawk.flow (local_addr);
create index flow_port on shawk.flow (port);
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
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- The same when they are over: written once, never again but by a batch that comes late. One partition a day (UTC);
-- before version 13 one plain table.
-- only from 13:
create table shawk.flow_chunk (
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
    constraint flow_chunk_pkey primary key (host_id, flow_id, at, run)
) partition by range (at);

-- only before 13:
create table shawk.flow_chunk (
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
    constraint flow_chunk_pkey primary key (host_id, flow_id, at, run)
);

-- Hours and days (UTC) of a flow. minutes: in how many of them something was there; rtt: null = not known; evidence: the
-- smallest of all of that time. Runs of the agent are added up.
create table shawk.flow_hour (
    host_id bigint not null,
    flow_id bigint not null,
    at timestamptz not null,
    minutes integer not null,
    opened bigint not null,
    closed bigint not null,
    failed bigint not null,
    peak integer not null,
    tx bigint not null,
    rx bigint not null,
    rtt integer,
    retrans bigint not null,
    complete boolean not null,
    evidence bigint[],
    constraint flow_hour_pkey primary key (host_id, flow_id, at)
);

create table shawk.flow_day (
    host_id bigint not null,
    flow_id bigint not null,
    at timestamptz not null,
    minutes integer not null,
    opened bigint not null,
    closed bigint not null,
    failed bigint not null,
    peak integer not null,
    tx bigint not null,
    rx bigint not null,
    rtt integer,
    retrans bigint not null,
    complete boolean not null,
    evidence bigint[],
    constraint flow_day_pkey primary key (host_id, flow_id, at)
);

-- What was seen and could not be stored. connections: null = not known.
create table shawk.gap (
    host_id bigint not null,
    instance uuid not null,
    seq bigint not null,
    nr integer not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    reason text not null,
    flows bigint not null,
    connections bigint,
    constraint gap_pkey primary key (host_id, instance, seq, nr)
);

-- Rows that the server did not take, each with the reason; content is what was to be stored, as text.
create table shawk.rejected (
    host_id bigint not null,
    instance uuid not null,
    seq bigint not null,
    nr integer not null,
    at timestamptz not null,
    kind text not null,
    reason text not null,
    content text not null,
    constraint rejected_pkey primary key (host_id, instance, seq, nr)
);

-- One row for each flow and minute (and run of the agent, where it was started again within the minute). A condition on
-- at (when the ten minutes begin) finds the days quickly, one on minute alone does not.
create view shawk.flow_bucket as
select c.host_id, c.flow_id, c.at, c.run,
       c.at + c.minutes[e.i] * interval '1 minute' as minute,
       c.span,
       coalesce(c.opened[e.i], 0) as opened,
       coalesce(c.closed[e.i], 0) as closed,
       coalesce(c.failed[e.i], 0) as failed,
       coalesce(c.peak[e.i], 0) as peak,
       coalesce(c.tx[e.i], 0) as tx,
       coalesce(c.rx[e.i], 0) as rx,
       nullif(c.rtt[e.i], 0) as rtt,
       coalesce(c.retrans[e.i], 0) as retrans
  from (select host_id, flow_id, at, run, span, minutes, opened, closed, failed, peak, tx, rx, rtt, retrans
          from shawk.flow_live
        union all
        select host_id, flow_id, at, run, span, minutes, opened, closed, failed, peak, tx, rx, rtt, retrans
          from shawk.flow_chunk) c
  join generate_series(1, 10) as e(i) on e.i <= cardinality(c.minutes);

-- Partitions are made and dropped by these alone, so that who writes need not own the tables: for the days asked for,
-- none beyond what is kept or three days ahead; the number of those made.
-- only from 13:
create function shawk.add_partitions(first_day date, last_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    today date := (now() at time zone 'UTC')::date;
    oldest date := ((now() - (select s.value::interval from shawk.setting s where s.name = 'retain'))
                    at time zone 'UTC')::date;
    each date := greatest(first_day, oldest);
    made integer := 0;
begin
    perform pg_advisory_xact_lock(1936220519, 2);
    while each <= least(last_day, today + 3) loop
        if to_regclass('shawk.flow_chunk_' || to_char(each, 'YYYYMMDD')) is null then
            execute format('create table shawk.%I partition of shawk.flow_chunk for values from (%L) to (%L)',
                           'flow_chunk_' || to_char(each, 'YYYYMMDD'), to_char(each, 'YYYY-MM-DD') || ' 00:00:00+00',
                           to_char(each + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
            made := made + 1;
        end if;
        each := each + 1;
    end loop;
    return made;
end $$;

-- Drops the oldest partition of which nothing is to be kept; false where there is none.
-- only from 13:
create function shawk.drop_partition() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    oldest date := ((now() - (select s.value::interval from shawk.setting s where s.name = 'retain'))
                    at time zone 'UTC')::date;
    gone text;
begin
    perform pg_advisory_xact_lock(1936220519, 2);
    select min(c.relname) into gone
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = to_regclass('shawk.flow_chunk')
       and c.relname ~ '^flow_chunk_[0-9]{8}$'
       and c.relname < 'flow_chunk_' || to_char(oldest, 'YYYYMMDD');
    if gone is null then
        return false;
    end if;
    execute format('drop table shawk.%I', gone);
    return true;
end $$;
