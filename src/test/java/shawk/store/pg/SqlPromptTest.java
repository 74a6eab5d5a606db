package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.model.SafeText;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** Statements typed by hand can ask, and nothing else. */
final class SqlPromptTest {
    private static List<String> rows(SqlPrompt prompt, String sql) throws StoreException {
        List<String> all = new ArrayList<>();
        prompt.run(sql, new SqlPrompt.Rows() {
            @Override
            public void columns(List<SafeText> names) {
                all.add(String.join("|", names.stream().map(SafeText::value).toList()));
            }

            @Override
            public boolean row(List<@Nullable SafeText> values) {
                List<String> texts = new ArrayList<>();
                values.forEach(value -> texts.add(value == null ? "-" : value.value()));
                all.add(String.join("|", texts));
                return all.size() < 4;
            }
        });
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void asks(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            cmdb.execute(
                    "insert into shawk.process values (1, 2, E'a\\u202eb', '', '', '', '', 1, 1, null, now(), now())");
            SqlPrompt prompt = cmdb.open().sql();
            assertThat(rows(prompt, "select name, started from process; -- all"))
                    .containsExactly("name|started", "a\\u{202e}b|-");
            assertThat(rows(prompt, "select i from generate_series(1, 1000000) i"))
                    .hasSize(4);
            assertThat(rows(prompt, "select current_user")).containsExactly("current_user", "shawk_reader");
            assertThat(rows(prompt, "/* a /* b */ ; */ select ';' || $x$;$x$ || E'\\';' as \";\""))
                    .containsExactly(";", ";;';");
            assertThat(rows(prompt, "select E'\\x1b[31m' as e")).containsExactly("e", "\\x1b[31m");
            assertThat(rows(prompt, "show transaction_read_only")).contains("on");
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesNothing(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            SqlPrompt prompt = cmdb.open().sql();
            for (String sql : List.of(
                    "drop table shawk.flow",
                    "select 1; drop table shawk.flow",
                    "select 1;;select 2",
                    "commit",
                    "copy shawk.flow to '/tmp/x'",
                    "do $$ begin delete from shawk.setting; end $$",
                    "set transaction read write",
                    "",
                    " ; -- nothing",
                    "select 'open",
                    "select $a$ open",
                    "/* open",
                    "with x as (delete from setting returning *) select * from x",
                    "explain analyze delete from setting",
                    "select set_config('transaction_read_only', 'off', false)",
                    "select 1 as x into shawk.y",
                    "select nextval('x')",
                    "selec 1")) {
                assertThatThrownBy(() -> rows(prompt, sql))
                        .as(sql)
                        .isInstanceOf(StoreException.class)
                        .extracting(e -> ((StoreException) e).kind())
                        .isEqualTo(Kind.CONTENT);
            }
            for (String sql : List.of("select pg_read_file('/etc/passwd')", "select * from pg_authid")) {
                assertThatThrownBy(() -> rows(prompt, sql))
                        .as(sql)
                        .hasMessageStartingWith("sql: ")
                        .hasMessageEndingWith("; statements have the rights of shawk_reader here, and no others")
                        .extracting(e -> ((StoreException) e).kind())
                        .isEqualTo(Kind.REFUSED);
            }
            assertThat(cmdb.ask("select count(*) from shawk.setting")).isEqualTo("3");
            assertThat(rows(prompt, "select 1 as works")).containsExactly("works", "1");
        }
    }

    @Test
    void isEndedWhenAskedTo() throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(Version.NEWEST))) {
            SqlPrompt prompt = cmdb.open().sql();
            CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> {
                try {
                    return rows(prompt, "select pg_sleep(60)").toString();
                } catch (StoreException e) {
                    return String.valueOf(e.getMessage());
                }
            });
            while (!said.isDone()) {
                prompt.cancel();
                Thread.onSpinWait();
            }
            assertThat(said.get(30, TimeUnit.SECONDS)).contains("cancelled");
            assertThat(rows(prompt, "select 1 as works")).containsExactly("works", "1");
        }
    }
}
