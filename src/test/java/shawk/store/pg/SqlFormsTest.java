package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No statement of the program has a form that a cluster of Citus refuses, or answers otherwise than PostgreSQL does.
 */
final class SqlFormsTest {
    /** What Citus refuses or answers otherwise, and why. */
    private static final Map<String, Pattern> FORBIDDEN = forbidden();

    private static final Pattern TABLE =
            Pattern.compile("create table (shawk\\.\\w+) \\((.*?)\\)(?: with .*| partition by .*)?$", Pattern.DOTALL);

    private static Map<String, Pattern> forbidden() {
        Map<String, Pattern> forbidden = new LinkedHashMap<>();
        forbid(forbidden, "identity columns stop alter_distributed_table", "generated (always|by default) as identity");
        forbid(forbidden, "serial columns are no ids of the client's", "\\b(big|small)?serial\\b|nextval");
        forbid(forbidden, "triggers are not supported", "create (constraint )?trigger");
        forbid(forbidden, "MERGE from a query is not supported", "\\bmerge into\\b");
        forbid(forbidden, "GROUPING SETS over hosts are not supported", "grouping sets|\\brollup\\b|\\bcube\\b");
        forbid(forbidden, "recursive CTEs need one host", "with recursive");
        forbid(forbidden, "SQL functions with parameters are not supported", "language '?sql'?\\b");
        forbid(forbidden, "generic plans break queries over shards", "force_generic_plan");
        forbid(forbidden, "partitions cannot be detached concurrently", "detach partition");
        forbid(
                forbidden,
                "only immutable functions behind ON CONFLICT",
                "on conflict.*(now\\(|date_trunc|interval '|" + "clock_timestamp|current_timestamp|timestamptz ')");
        forbid(forbidden, "ctid cannot be used to delete", "\\bctid\\b");
        forbid(forbidden, "subqueries in VALUES are not supported", "values \\([^)]*\\(select");
        forbid(
                forbidden,
                "the session's time zone does not reach the workers",
                "date_trunc\\('[a-z]+', [^']*\\)" + "|::date\\b(?! , )(?<!\\?::date)");
        forbid(forbidden, "clock_timestamp() is volatile", "clock_timestamp");
        forbid(forbidden, "sizes of distributed tables are those of empty shells", "pg_total_relation_size");
        forbid(forbidden, "one statement a call", ";\\s*\\S");
        forbid(forbidden, "constraints have names", "\\badd foreign key\\b|add primary key|\\bprimary key,");
        return forbidden;
    }

    private static void forbid(Map<String, Pattern> all, String why, String form) {
        all.put(why, Pattern.compile(form, Pattern.DOTALL));
    }

    /** Why {@code statement} is not to be sent. */
    private static List<String> offences(String statement) {
        String plain = statement.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        boolean body = plain.contains("$$");
        List<String> offences = new ArrayList<>();
        FORBIDDEN.forEach((why, form) -> {
            boolean inBody = body && (why.equals("one statement a call") || why.contains("time zone"));
            if (!inBody && form.matcher(plain).find()) {
                offences.add(why);
            }
        });
        offences.addAll(keys(plain));
        offences.addAll(scope(plain));
        return offences;
    }

    /** Primary keys are named and begin with the host, but for tables that are not spread. */
    private static List<String> keys(String plain) {
        Matcher table = TABLE.matcher(plain);
        if (!table.matches()) {
            return plain.startsWith("create unique index") && !plain.contains("host_id")
                    ? List.of("the host is in every unique key")
                    : List.of();
        }
        boolean local = List.of("shawk.setting", "shawk.migration").contains(table.group(1));
        if (!plain.contains("constraint ")) {
            return List.of("the key has no name");
        }
        return local || plain.contains("primary key (host_id") ? List.of() : List.of("the host is in every key");
    }

    /** What changes rows of spread tables does so for one host. */
    private static List<String> scope(String plain) {
        boolean spread = !plain.contains("shawk.setting") && !plain.contains("shawk.migration");
        boolean changes = plain.startsWith("update ") || plain.startsWith("delete ");
        return spread && changes && !plain.contains("host_id = ?") ? List.of("a change is one host's") : List.of();
    }

    /** Every text of SQL that the program has, by where it is. */
    private static Map<String, String> statements() throws ReflectiveOperationException {
        Map<String, String> statements = new TreeMap<>();
        for (Class<?> holder : List.of(
                Sql.class, UpkeepSql.class, LookSql.class, PeerSql.class, Class.forName("shawk.cli.ShellCmdb"))) {
            for (Field field : holder.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    Object value = field.get(null);
                    String name = holder.getSimpleName() + "." + field.getName();
                    if (value instanceof String text) {
                        statements.put(name, text);
                    } else if (value instanceof List<?> texts) {
                        texts.forEach(text -> statements.put(name + statements.size(), String.valueOf(text)));
                    } else if (value instanceof String[] texts) {
                        for (String text : texts) {
                            statements.put(name + statements.size(), text);
                        }
                    }
                }
            }
        }
        for (String table : List.of("flow_chunk", "flow_live")) {
            statements.put("LookSql.raw " + table, LookSql.raw(table, true));
        }
        for (String table : List.of("flow_hour", "flow_day")) {
            statements.put("LookSql.rolled " + table, LookSql.rolled(table));
        }
        for (String script : List.of("V001__cmdb.sql", "V002__ends.sql", "grants.sql", "distribute.sql")) {
            for (int version : new int[] {10, 18}) {
                for (String statement : Script.query(script).statements(version)) {
                    statements.put(script + version + "." + statements.size(), statement);
                }
            }
        }
        return statements;
    }

    private static void rejects(String statement, String why) {
        assertThat(offences(statement)).as(statement).contains(why);
    }

    @Test
    void allAreAllowed() throws ReflectiveOperationException {
        Map<String, List<String>> offences = new TreeMap<>();
        statements().forEach((name, text) -> {
            List<String> found = offences(text);
            if (!found.isEmpty()) {
                offences.put(name, found);
            }
        });
        assertThat(statements()).hasSizeGreaterThan(110);
        assertThat(offences).isEqualTo(Collections.emptyMap());
    }

    @Test
    void whatIsForbiddenIsFound() {
        rejects(
                "create table shawk.x (id bigint generated always as identity)",
                "identity columns stop" + " alter_distributed_table");
        rejects("create table shawk.x (id bigserial)", "serial columns are no ids of the client's");
        rejects("create table shawk.x (host_id bigint, primary key (host_id))", "the key has no name");
        rejects("create table shawk.x (id bigint, constraint x_pkey primary key (id))", "the host is in every key");
        rejects("create trigger x after insert on shawk.flow", "triggers are not supported");
        rejects("merge into shawk.flow using x on true", "MERGE from a query is not supported");
        rejects(
                "select sum(x) from shawk.flow group by rollup (host_id)",
                "GROUPING SETS over hosts are not supported");
        rejects("with recursive x as (select 1) select 1", "recursive CTEs need one host");
        rejects(
                "create function f(x int) returns int language sql as ''",
                "SQL functions with parameters are not" + " supported");
        rejects("set plan_cache_mode = force_generic_plan", "generic plans break queries over shards");
        rejects("alter table x detach partition y concurrently", "partitions cannot be detached concurrently");
        rejects(
                "insert into shawk.x select 1 on conflict (a) do update set b = now()",
                "only immutable functions" + " behind ON CONFLICT");
        rejects("delete from shawk.flow where ctid in (select ctid from shawk.flow)", "ctid cannot be used to delete");
        rejects("delete from shawk.flow where last_seen < ?", "a change is one host's");
        rejects("insert into shawk.x values (?, (select 1))", "subqueries in VALUES are not supported");
        rejects(
                "select date_trunc('day', at) from shawk.flow_live",
                "the session's time zone does not reach the" + " workers");
        rejects("select at::date from shawk.flow_live", "the session's time zone does not reach the workers");
        rejects("create index a on b (c); create index d on e (f)", "one statement a call");
        rejects("alter table shawk.x add foreign key (a) references b (c)", "constraints have names");
        rejects("select pg_total_relation_size('shawk.flow')", "sizes of distributed tables are those of empty shells");
    }

    @Test
    void everyTableIsSpreadOrKnownNotToBe() {
        String spread = Script.query("distribute.sql").text();
        for (String statement : Script.query("V001__cmdb.sql").statements(18)) {
            Matcher table = TABLE.matcher(statement.replaceAll("\\s+", " "));
            if (table.matches() && !table.group(1).equals("shawk.setting")) {
                assertThat(spread).contains("'" + table.group(1) + "'");
            }
        }
    }
}
