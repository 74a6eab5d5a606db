package shawk.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.model.Direction;
import shawk.support.MadeUpFleet;
import shawk.support.MadeUpFleet.Host;
import shawk.support.MadeUpFleet.Program;

/** The tree as Shawk prints it. */
final class TreeFormTest {
    private static final long NOW = 1_700_000_000_000_000L;
    private static final Window ALWAYS = new Window(0, NOW + 3_600_000_000L);

    private final MadeUpFleet fleet = new MadeUpFleet(NOW);
    private final Host web = fleet.host("web", "10.0.0.10");
    private final Host load = fleet.host("load", "10.0.0.11");
    private final Host app = fleet.host("app", "10.0.0.12");
    private final Host logs = fleet.host("logs", "10.0.0.13");
    private final Program nginx = fleet.process(web, "nginx", 4656);
    private final Program fluentd = fleet.process(web, "fluentd", 2127);
    private final Program wrk = fleet.process(load, "wrk", 5982);
    private final Program python = fleet.process(app, "python", 6111);
    private final Program collector = fleet.process(logs, "fluentd", 2001);

    private String tree(Selector selector, Way way, int depth) throws LookException {
        StringBuilder out = new StringBuilder();
        LookQuery query = new LookQuery(selector, null, way, depth, ALWAYS, 100, true);
        TreeForm.append(out, Walk.queryGraph(query, new MadeUpObservations(fleet.batches())), false);
        return out.toString();
    }

    private static Selector at(String address) {
        return new Selector.Addresses(MadeUpFleet.address(address), MadeUpFleet.address(address));
    }

    private void shawk() {
        fleet.listens(nginx, "0.0.0.0", 80);
        fleet.connect(wrk, "10.0.0.11", nginx, "10.0.0.10", 80, 3);
        fleet.connect(nginx, "10.0.0.10", python, "10.0.0.12", 8080, 2);
        fleet.connect(fluentd, "10.0.0.10", collector, "10.0.0.13", 24224, 1);
    }

    @Test
    void passiveBlocksFirstThenWhatItDependsOn() throws LookException {
        shawk();
        assertThat(tree(at("10.0.0.10"), Way.BOTH, 1)).isEqualTo("""
                10.0.0.10:80 ('nginx', pgid=4656)
                └<-- 10.0.0.11:many ('wrk', pgid=5982)
                10.0.0.10:many ('fluentd', pgid=2127)
                └--> 10.0.0.13:24224 ('fluentd', pgid=2001)
                10.0.0.10:80 ('nginx', pgid=4656)
                └--> 10.0.0.12:8080 ('python', pgid=6111)
                """);
    }

    @Test
    void directionLeavesOneSideAway() throws LookException {
        shawk();
        assertThat(tree(new Selector.Program("nginx"), Way.UP, 1)).isEqualTo("""
                10.0.0.10:80 ('nginx', pgid=4656)
                └<-- 10.0.0.11:many ('wrk', pgid=5982)
                """);
        assertThat(tree(new Selector.Program("nginx"), Way.DOWN, 1)).isEqualTo("""
                10.0.0.10:80 ('nginx', pgid=4656)
                └--> 10.0.0.12:8080 ('python', pgid=6111)
                """);
    }

    @Test
    void deeperLevelsStandFourColumnsFurtherIn() throws LookException {
        shawk();
        assertThat(tree(new Selector.Program("wrk"), Way.DOWN, 5)).isEqualTo("""
                10.0.0.11:many ('wrk', pgid=5982)
                └--> 10.0.0.10:80 ('nginx', pgid=4656)
                    └--> 10.0.0.12:8080 ('python', pgid=6111)
                """);
        assertThat(tree(new Selector.Program("python"), Way.UP, 9)).isEqualTo("""
                10.0.0.12:8080 ('python', pgid=6111)
                └<-- 10.0.0.10:many ('nginx', pgid=4656)
                    └<-- 10.0.0.11:many ('wrk', pgid=5982)
                """);
    }

    @Test
    void cyclesAndWhatIsShownAboveAreMarked() throws LookException {
        Program a = fleet.process(load, "a", 1);
        Program b = fleet.process(web, "b", 2);
        Program c = fleet.process(app, "c", 3);
        Program d = fleet.process(logs, "d", 4);
        fleet.connect(a, "10.0.0.11", b, "10.0.0.10", 1000, 1);
        fleet.connect(a, "10.0.0.11", c, "10.0.0.12", 1001, 1);
        fleet.connect(b, "10.0.0.10", c, "10.0.0.12", 1001, 1);
        fleet.connect(c, "10.0.0.12", d, "10.0.0.13", 1002, 1);
        fleet.connect(d, "10.0.0.13", a, "10.0.0.11", 1003, 1);
        assertThat(tree(new Selector.Program("a"), Way.DOWN, 1_000_000)).isEqualTo("""
                10.0.0.11:many ('a', pgid=1)
                └--> 10.0.0.10:1000 ('b', pgid=2)
                    └--> 10.0.0.12:1001 ('c', pgid=3)
                        └--> 10.0.0.13:1002 ('d', pgid=4)
                            └--> 10.0.0.11:1003 ('a', pgid=1) (cycle)
                └--> 10.0.0.12:1001 ('c', pgid=3) (see above)
                """);
    }

    @Test
    void aLevelTakesOneRoundOfQuestions() throws LookException {
        Program server = fleet.process(web, "hub", 1);
        for (int i = 0; i < 50; i++) {
            Host host = fleet.host("h" + i, "10.1.0." + i);
            Program middle = fleet.process(host, "middle", 10 + i);
            fleet.connect(middle, "10.1.0." + i, server, "10.0.0.10", 1000, 1);
            fleet.connect(wrk, "10.0.0.11", middle, "10.1.0." + i, 2000, 1);
        }
        MadeUpObservations store = new MadeUpObservations(fleet.batches());
        Walk.queryGraph(new LookQuery(new Selector.Program("hub"), null, Way.UP, 2, ALWAYS, 1000, true), store);
        assertThat(store.questions).isEqualTo(2);
    }

    @Test
    void whoIsNotKnownHasItsAddress() throws LookException {
        fleet.connect(nginx, "10.0.0.10", null, "203.0.113.7", 443, 1);
        fleet.connect(nginx, "10.0.0.10", null, "10.0.0.13", 9, 1);
        fleet.connect(null, "2001:db8::1", nginx, "fd00::10", 80, 1);
        assertThat(tree(new Selector.Program("nginx"), Way.BOTH, 3)).isEqualTo("""
                [fd00::10]:80 ('nginx', pgid=4656)
                └<-- [2001:db8::1]:many
                10.0.0.10:many ('nginx', pgid=4656)
                └--> 10.0.0.13:9 (host 'logs') nat?
                └--> 203.0.113.7:443
                """);
    }

    @Test
    void anAddressThatNobodyReportsFromHasItsClients() throws LookException {
        fleet.connect(nginx, "10.0.0.10", null, "203.0.113.7", 443, 1);
        fleet.connect(wrk, "10.0.0.11", null, "203.0.113.7", 443, 1);
        assertThat(tree(at("203.0.113.7"), Way.BOTH, 1)).isEqualTo("""
                203.0.113.7:443
                └<-- 10.0.0.10:many ('nginx', pgid=4656)
                └<-- 10.0.0.11:many ('wrk', pgid=5982)
                """);
    }

    @Test
    void aPortHasItsServersWithTheirClients() throws LookException {
        shawk();
        fleet.connect(wrk, "10.0.0.11", null, "203.0.113.7", 80, 1);
        assertThat(tree(new Selector.Port(80), Way.BOTH, 1)).isEqualTo("""
                10.0.0.10:80 ('nginx', pgid=4656)
                └<-- 10.0.0.11:many ('wrk', pgid=5982)
                203.0.113.7:80
                └<-- 10.0.0.11:many ('wrk', pgid=5982)
                """);
    }

    @Test
    void aNameCannotForgeALine() throws LookException {
        Program forger = fleet.process(load, "x', pgid=1)\n└<-- 10.9.9.9:many ('root\u202e", 66);
        fleet.see(forger, Direction.OUT, "10.0.0.11", "203.0.113.7", 443, null, null, -1, java.util.List.of(1L));
        assertThat(tree(at("203.0.113.7"), Way.BOTH, 1)).isEqualTo("""
                203.0.113.7:443
                └<-- 10.0.0.11:many ('x\\', pgid=1)\\x0a└<-- 10.9.9.9:many (\\'root\\u{202e}', pgid=66)
                """);
    }
}
