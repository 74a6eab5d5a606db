-- What shawk_reader and shawk_writer may do, and no more. Run by every create-scheme.

grant usage on schema shawk to shawk_reader, shawk_writer;
grant select on all tables in schema shawk to shawk_reader, shawk_writer;
grant insert, update on shawk.host, shawk.host_status, shawk.agent to shawk_writer;
grant insert, update, delete on shawk.host_address, shawk.process, shawk.listener, shawk.flow, shawk.flow_live, shawk.flow_chunk,
    shawk.flow_hour, shawk.flow_day to shawk_writer;
grant insert, delete on shawk.gap, shawk.rejected to shawk_writer;

-- only from 13:
revoke execute on function shawk.add_partitions(date, date) from public;

-- only from 13:
revoke execute on function shawk.drop_partition() from public;

-- only from 13:
grant execute on function shawk.add_partitions(date, date) to shawk_writer;

-- only from 13:
grant execute on function shawk.drop_partition() to shawk_writer;
