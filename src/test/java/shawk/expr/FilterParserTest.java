package shawk.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a filter means, written as the parser's own tree, and what is said of one that means nothing. */
final class FilterParserTest {
    @Test
    void theExampleOfTheManPage() throws ExprException {
        check(
                "port = 443 and not (process ~ \"^java\" or raddr in 10.0.0.0/8) and rtt > 100ms"
                        + " and state in (ESTABLISHED, CLOSE_WAIT) and age < 5s",
                "port = 443 and not (process ~ \"^java\" or raddr in (10.0.0.0/8)) and rtt > 100000"
                        + " and state in (ESTABLISHED, CLOSE_WAIT) and age < 5000");
    }

    @Test
    void andBindsBeforeOr() throws ExprException {
        check("a or b and c", "\"a\" or \"b\" and \"c\"");
        check("(a or b) and c", "(\"a\" or \"b\") and \"c\"");
        check("not a and b", "not \"a\" and \"b\"");
        check("not (a and b)", "not (\"a\" and \"b\")");
        check("!a&&!(b||c)", "not \"a\" and not (\"b\" or \"c\")");
        check("A AND B OR NOT C", "\"A\" and \"B\" or not \"C\"");
        check("((a))", "\"a\"");
        check("a and (b and c)", "\"a\" and (\"b\" and \"c\")");
    }

    @Test
    void operators() throws ExprException {
        check("pid == 5", "pid = 5");
        check("pid != 5", "not pid = 5");
        check("pid<5", "pid < 5");
        check("pid<=5", "pid < 6");
        check("pid>5", "pid > 5");
        check("pid>=5", "pid > 4");
        check("pid >= 0", "pid >= 0");
        check("process!~x", "not process ~ \"x\"");
        check("process =~ x", "process ~ \"x\"");
        check("pid not in (1, 2)", "not pid in (1, 2)");
        check("conns < 5 or conns >= 5", "conns < 5 or conns >= 5");
    }

    @Test
    void aliasesAndCase() throws ExprException {
        check("src = 10.0.0.1 and dst=::1", "laddr = 10.0.0.1 and raddr = ::1");
        check("sport = :22 or DPORT = 80", "lport = 22 or rport = 80");
        check("comm = nginx", "process = \"nginx\"");
    }

    @Test
    void states() throws ExprException {
        check("established", "state = ESTABLISHED");
        check("ESTAB", "state = ESTABLISHED");
        check("listening", "state = LISTEN");
        check("state = time-wait", "state = TIME_WAIT");
        check("state = fin_wait1 or state = FIN-WAIT-1", "state = FIN_WAIT1 or state = FIN_WAIT1");
        check("state != listening", "not state = LISTEN");
        check("syn-recv", "state in (SYN_RECV, NEW_SYN_RECV)");
        check("bucket", "state in (SYN_RECV, TIME_WAIT, NEW_SYN_RECV)");
        check(
                "synchronized",
                "state in (ESTABLISHED, SYN_RECV, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSING,"
                        + " NEW_SYN_RECV)");
    }

    @Test
    void words() throws ExprException {
        check("nginx", "\"nginx\"");
        check("udp and 53", "proto = udp and \"53\"");
        check("ipv6", "family = ipv6");
        check("\"established\"", "\"established\"");
        check("'and'", "\"and\"");
        check("10.0.", "\"10.0.\"");
        check("fe80::1", "\"fe80::1\"");
    }

    @Test
    void texts() throws ExprException {
        check("process = \"a b\"", "process = \"a b\"");
        check("process in (a, 'b\"c')", "process in (\"a\", \"b\\\"c\")");
        check("process ~ '^x\\.y\\d+$'", "process ~ \"^x\\\\.y\\\\d+$\"");
        check("process = 'it\\'s'", "process = \"it's\"");
        check("process = x\\x1b", "process = \"x\\\\x1b\"");
        check("dir = in and dir in (in, out)", "dir = in and dir in (in, out)");
        check("verdict = peer-not-reading", "verdict = peer-not-reading");
    }

    @Test
    void numbersAndUnits() throws ExprException {
        check("port in 8000-8999", "port in (8000-8999)");
        check("port in (80, 443, 8000-8999)", "port in (80, 443, 8000-8999)");
        check("tx_rate > 10MB/s", "tx_rate > 10000000");
        check("tx_rate > 8Mbit", "tx_rate > 1000000");
        check("tx_bytes >= 1.5KiB", "tx_bytes >= 1536");
        check("rtt in 1ms-2ms", "rtt in (1000-2000)");
        check("rtt = 0.3ms", "rtt = 300");
        check("min_rtt < 250us", "min_rtt < 250");
        check("idle > 5m", "idle > 300000");
        check("age > 1", "age > 1");
        check("retrans_pct > 0", "retrans_pct > 0");
        check("retrans_pct >= 2.5%", "retrans_pct >= 2.5");
        check("open_rate > 1k/s", "open_rate > 1000");
        check("cookie = 0x1F and cookie != 18446744073709551615", "cookie = 0x1f and not cookie = 0xffffffffffffffff");
        check("timer = keepalive", "timer = keepalive");
        check("timer < 5s", "timer < 5000");
    }

    @Test
    void addresses() throws ExprException {
        check("peer in (10.0.0.1, fe80::/10)", "peer in (10.0.0.1, fe80::/10)");
        check("laddr = 10.1.2.3/8", "laddr in (10.0.0.0/8)");
        check("laddr = ::ffff:10.0.0.1", "laddr = 10.0.0.1");
        check("laddr in ::ffff:10.0.0.0/104", "laddr in (10.0.0.0/8)");
        check("raddr in ::/0", "raddr in (::/0)");
        check("raddr = [::1]", "raddr = ::1");
        check("raddr ~ '^10\\.'", "raddr ~ \"^10\\\\.\"");
    }

    @Test
    void holders() throws ExprException {
        check("holders = nginx", "holders = \"nginx\"");
        check("holders in (12, nginx)", "holders in (12, \"nginx\")");
        check("holders ~ ^ng", "holders ~ \"^ng\"");
    }

    @Test
    void errorsOfFields() {
        checkError("prot = 1", 1, "unknown field 'prot' at column 1; did you mean 'proto'?");
        checkError("a and frobnicate = 1", 7, "unknown field 'frobnicate' at column 7; shawk-fields(7) lists them all");
        checkError(
                "rtt_p95 > 5ms",
                11,
                "'rtt_p95' is of groups, and a filter chooses connections: no value is expected"
                        + " at column 11; filter by 'rtt'");
        checkError(
                "rtt",
                4,
                "expected an operator such as '=' after field 'rtt' at column 4;"
                        + " in quotes it would be a word to look for");
    }

    @Test
    void errorsOfValues() {
        checkError(
                "port = 70000",
                8,
                "'70000' is no port at column 8;"
                        + " expected 0 to 65535, or a range such as 8000-8999 after 'in'; names are in 'service'");
        checkError(
                "port = http",
                8,
                "'http' is no port at column 8;"
                        + " expected 0 to 65535, or a range such as 8000-8999 after 'in'; names are in 'service'");
        checkError("port in 9-8", 9, "range '9-8' ends before it begins at column 9");
        checkError("state = estb", 9, "unknown state 'estb' at column 9; did you mean 'ESTAB'?");
        checkError("dir = up", 7, "unknown dir 'up' at column 7; expected in, out, listen, unknown");
        checkError(
                "rtt > 5x", 7, "'5x' is no value of rtt at column 7; expected a time such as 300us, 100ms, 5s or 2m");
        checkError(
                "tx_rate > 5ms",
                11,
                "'5ms' is no value of tx_rate at column 11; expected bytes per second such as 64kB or 10Mbit");
        checkError(
                "raddr = example.org",
                9,
                "'example.org' is no address at column 9; expected one such as 10.0.0.1, 10.0.0.0/8 or fe80::/10");
        checkError(
                "raddr in 10.0.0.0/33",
                10,
                "'10.0.0.0/33' is no address at column 10; expected one such as 10.0.0.1, 10.0.0.0/8 or fe80::/10");
        checkError("process ~ '('", 11, "wrong regular expression at column 11; unclosed group");
        checkError("cookie = x", 10, "'x' is no 64-bit number at column 10; expected one such as 0x1f00");
        checkError(
                "timer = 5x",
                9,
                "'5x' is no timer at column 9;"
                        + " expected on, keepalive, timewait, persist, or a time such as 200ms");
    }

    @Test
    void errorsOfOperators() {
        checkError("process < x", 9, "'process' has no '<', at column 9; it has = != ~ !~ in");
        checkError("rtt ~ 5", 5, "'rtt' has no '~', at column 5; it has = != < <= > >= in");
        checkError("pid ~ 5", 5, "'pid' has no '~', at column 5; it has = != < <= > >= in");
        checkError("cookie > 5", 8, "'cookie' has no '>', at column 8; it has = != in");
        checkError("cookie ~ 5", 8, "'cookie' has no '~', at column 8; it has = != in");
    }

    @Test
    void errorsOfForm() {
        checkError("", 1, "expected a field or a word, not the end, at column 1");
        checkError("port =", 7, "expected a value after '=', not the end, at column 7");
        checkError("port in (1, ", 13, "expected a value after ',', not the end, at column 13");
        checkError("port in (1", 11, "expected ',' or ')', not the end, at column 11");
        checkError("(a", 3, "expected ')', not the end, at column 3");
        checkError("a)", 2, "')' without '(' at column 2");
        checkError("a b", 3, "expected 'and' or 'or', not 'b', at column 3");
        checkError("a and", 6, "expected a field or a word, not the end, at column 6");
        checkError("and a", 1, "expected a field or a word, not 'and', at column 1");
        checkError("a & b", 3, "expected '&&' at column 3; where '&' belongs to a text, quote the text");
        checkError("process ~ ^(ab)$", 12, "expected 'and' or 'or', not '(', at column 12");
        checkError("process = 'x", 13, "expected ' to end the text at column 13");
        checkError("''", 1, "expected a text between the quotes at column 1");
        checkError("'a' = 1", 1, "expected a field or a word, not 'a', at column 1");
        checkError("ü and § = 1", 7, "unknown field '§' at column 7; shawk-fields(7) lists them all");
    }

    @Test
    void whatWasTypedIsMadeHarmlessInErrors() {
        checkError(
                "\u001b]0;x\u0007 = 1",
                1,
                "unknown field '\\x1b]0;x\\x07' at column 1; shawk-fields(7) lists them all");
        checkError(
                "a".repeat(100) + " = 1",
                1,
                "unknown field '" + "a".repeat(40) + "...' at column 1; shawk-fields(7) lists them all");
    }

    @Test
    void depthAndLengthAreBounded() throws ExprException {
        String deep = "(".repeat(99) + "a" + ")".repeat(99);
        check(deep, "\"a\"");
        checkError("(" + deep + ")", 101, "nested deeper than 100 at column 101");
        checkError("not ".repeat(1000) + "a", 401, "nested deeper than 100 at column 401");
        check("a" + " or a".repeat(500), "\"a\"" + " or \"a\"".repeat(500));
        checkError("a".repeat(4097), 4097, "a filter may be 4096 characters long, and ends at column 4097; shorten it");
        checkError(
                "process ~ '" + "(".repeat(4000) + "'",
                11,
                "wrong regular expression at column 11; stack overflow during pattern compilation");
    }

    private static void check(String input, String expected) throws ExprException {
        Expr expr = FilterParser.parseExpr(input);
        assertThat(ExprPrinter.print(expr)).as(input).isEqualTo(expected);
        assertThat(FilterParser.parseExpr(expected)).as(expected).isEqualTo(expr);
    }

    private static void checkError(String input, int column, String message) {
        assertThatThrownBy(() -> FilterParser.parse(input)).isInstanceOfSatisfying(ExprException.class, e -> {
            assertThat(e.getMessage()).isEqualTo(message);
            assertThat(e.position()).isEqualTo(column);
        });
    }
}
