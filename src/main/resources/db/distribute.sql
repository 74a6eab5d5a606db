-- The same tables on Citus: what is rarely written on every node, all else with its host. An empty or a filled scheme.

do $$ begin
    if exists (select 1 from pg_extension where extname = 'citus') then
        set local citus.enable_local_reference_table_foreign_keys = off;
        set local citus.shard_count = 4;
        perform create_reference_table('shawk.host');
        perform create_reference_table('shawk.host_address');
        perform create_distributed_table('shawk.agent', 'host_id', colocate_with => 'none');
        perform create_distributed_table('shawk.host_status', 'host_id', colocate_with => 'shawk.agent');
        perform create_distributed_table('shawk.process', 'host_id', colocate_with => 'shawk.agent');
        perform create_distributed_table('shawk.listener', 'host_id', colocate_with => 'shawk.agent');
        perform create_distributed_table('shawk.flow', 'host_id', colocate_with => 'shawk.agent');
        perform create_distributed_table('shawk.flow_live', 'host_id', colocate_with => 'shawk.agent');
        perform create_distributed_table('shawk.flow_chunk', 'host_id', colocate_with => 'shawk.agent');
        perform create_distributed_table('shawk.flow_hour', 'host_id', colocate_with => 'shawk.agent');
        perform create_distributed_table('shawk.flow_day', 'host_id', colocate_with => 'shawk.agent');
        perform create_distributed_table('shawk.gap', 'host_id', colocate_with => 'shawk.agent');
        perform create_distributed_table('shawk.rejected', 'host_id', colocate_with => 'shawk.agent');
    end if;
end $$;
