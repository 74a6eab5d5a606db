package shawk.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Column;
import shawk.model.Names;
import shawk.model.Protocol;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.source.diag.NetlinkSource;
import shawk.source.proc.ProcSource;
import shawk.support.Commands;
import shawk.support.Rows;

/** The sources and the fold on sockets of this host, held against what {@code ss} says in the same moment. */
final class RealSocketsTest {
    private static final long DEADLINE_NANOS = 20_000_000_000L;
    private static final Pattern PID = Pattern.compile("pid=([0-9]+)");

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7);
    private Source source;
    private ServerSocket listener;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        source = keep(NetlinkSource.open(SourceConfig.DEFAULT));
        listener = keep(new ServerSocket(0, 50, loopback));
        port = listener.getLocalPort();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }

    private Rows sample() throws SourceException {
        return new Rows(table.fold(source.poll()));
    }

    /** Samples until {@code actual} is {@code expected}. */
    private void await(Function<Rows, String> actual, String expected) throws SourceException {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        String seen;
        do {
            Rows rows = sample();
            try {
                seen = actual.apply(rows);
            } catch (AssertionError e) {
                seen = e.getMessage();
            }
        } while (!expected.equals(seen) && System.nanoTime() < deadline);
        assertThat(seen).isEqualTo(expected);
    }

    private static String bytes(Rows rows, int lport, int rport) {
        int row = rows.row(lport, rport);
        return rows.state(row) + " " + rows.text(row, Column.TX_BYTES) + " " + rows.text(row, Column.RX_BYTES);
    }

    @Test
    void payloadBytesInEveryState() throws Exception {
        Socket client = keep(new Socket(loopback, port));
        Socket server = keep(listener.accept());
        int other = client.getLocalPort();
        Function<Rows, String> both = rows -> bytes(rows, other, port) + ", " + bytes(rows, port, other);
        await(both, "ESTABLISHED 0 0, ESTABLISHED 0 0");
        client.getOutputStream().write(new byte[4]);
        await(both, "ESTABLISHED 4 0, ESTABLISHED 0 4");
        server.getOutputStream().write(new byte[5]);
        await(both, "ESTABLISHED 4 5, ESTABLISHED 5 4");
        client.shutdownOutput();
        await(both, "FIN_WAIT2 4 5, CLOSE_WAIT 5 4");
        server.getOutputStream().write(new byte[3]);
        await(both, "FIN_WAIT2 4 8, CLOSE_WAIT 8 4");
        server.close();
        await(rows -> bytes(rows, other, port), "TIME_WAIT - -");
    }

    @Test
    void payloadBytesWhenTheServerClosesFirst() throws Exception {
        Socket client = keep(new Socket(loopback, port));
        Socket server = keep(listener.accept());
        int other = client.getLocalPort();
        server.getOutputStream().write(new byte[7]);
        server.shutdownOutput();
        await(rows -> bytes(rows, other, port), "CLOSE_WAIT 0 7");
        await(rows -> bytes(rows, port, other), "FIN_WAIT2 7 0");
    }

    @Test
    void whoOpenedItIsKnownWithoutTheListener() throws Exception {
        Socket client = keep(new Socket(loopback, port));
        Socket server = keep(listener.accept());
        listener.close();
        client.getOutputStream().write(new byte[4]);
        Rows rows = sample();
        assertThat(rows.direction(rows.row(client.getLocalPort(), port))).isEqualTo("out " + port);
        assertThat(rows.direction(rows.row(port, client.getLocalPort()))).isEqualTo("in " + port);
        assertThat(server.isConnected()).isTrue();
    }

    @Test
    void whatIsNotAcceptedIsTheListeners() throws Exception {
        Socket client = keep(new Socket(loopback, port));
        Rows rows = sample();
        int row = rows.row(port, client.getLocalPort());
        assertThat(rows.direction(row)).isEqualTo("in " + port);
        assertThat(rows.owner(row)).endsWith("(" + ProcessHandle.current().pid() + ") inferred");
        assertThat(rows.text(rows.row(port, 0), Column.RECVQ)).isEqualTo("1");
        assertThat(rows.direction(rows.row(port, 0))).isEqualTo("listen " + port);
    }

    @Test
    void endsAreCountedAndKeepTheirOwner() throws Exception {
        sample();
        long pid = ProcessHandle.current().pid();
        Socket client = keep(new Socket(loopback, port));
        Socket server = keep(listener.accept());
        int other = client.getLocalPort();
        Rows rows = sample();
        assertThat(rows.text(rows.row(other, port), Column.OPENED)).isEqualTo("1");
        assertThat(rows.value(rows.row(other, port), Column.AGE_MILLIS)).isBetween(0L, 20_000L);
        client.close();
        server.close();
        await(r -> r.kind(r.row(other, port)).name(), "TIME_WAIT");
        rows = sample();
        assertThat(rows.owner(rows.row(other, port))).endsWith("(" + pid + ") inferred");
        assertThat(rows.text(rows.row(other, port), Column.OPENED)).isEqualTo("0");
        assertThat(rows.sum(Column.CLOSED)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void theSameSocketsAsSs() throws Exception {
        for (int i = 0; i < 100; i++) {
            Socket client = keep(new Socket(loopback, port));
            Socket server = i % 4 == 0 ? client : keep(listener.accept());
            server.getOutputStream().write(new byte[i]);
            if (i % 5 == 0) {
                client.close();
            }
        }
        checkAgainstSs("-tanH", source);
        checkAgainstSs("-tanH", keep(ProcSource.open(SourceConfig.DEFAULT)), "LISTEN 25 -");
    }

    @Test
    void theSameDatagramSocketsAsSs() throws Exception {
        try (DatagramSocket server = new DatagramSocket(port, loopback);
                DatagramSocket client = new DatagramSocket(0, loopback)) {
            client.connect(new InetSocketAddress(loopback, port));
            client.send(new DatagramPacket(new byte[9], 9));
            checkAgainstSs("-uanH", source);
            checkAgainstSs("-uanH", keep(ProcSource.open(SourceConfig.DEFAULT)));
            Rows rows = sample();
            assertThat(server.isBound()).isTrue();
            assertThat(udpDirections(rows)).contains("listen " + port, "out " + port);
        }
    }

    private List<String> udpDirections(Rows rows) {
        List<String> found = new ArrayList<>();
        for (int row = 0; row < rows.snapshot().table().sockets(); row++) {
            if (rows.value(row, Column.PROTOCOL) == Protocol.UDP.ordinal() && isOurs(rows, row)) {
                found.add(rows.direction(row));
            }
        }
        return found;
    }

    private boolean isOurs(Rows rows, int row) {
        return rows.value(row, Column.LPORT) == port || rows.value(row, Column.RPORT) == port;
    }

    /** Until both say the same of the sockets at this test's port: states, queues and ends. */
    private void checkAgainstSs(String options, Source from, String... listening) throws Exception {
        FlowTable fresh = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7);
        Protocol protocol = options.startsWith("-t") ? Protocol.TCP : Protocol.UDP;
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        TreeSet<String> expected;
        TreeSet<String> actual;
        do {
            expected = bySs(Commands.output("ss", options, "sport = :" + port + " or dport = :" + port));
            for (String each : listening) { // procfs does not give the limit of the accept queue
                expected.removeIf(line -> line.startsWith("LISTEN"));
                expected.add(each + " tcp 127.0.0.1:" + port + " *");
            }
            actual = new TreeSet<>();
            Rows rows = new Rows(fresh.fold(from.poll()));
            for (int row = 0; row < rows.snapshot().table().sockets(); row++) {
                if (isOurs(rows, row) && rows.value(row, Column.PROTOCOL) == protocol.ordinal()) {
                    actual.add(rows.state(row) + " " + rows.text(row, Column.RECVQ) + " " + rows.text(row, Column.SENDQ)
                            + " " + rows.ends(row).replace("-:-", "*"));
                }
            }
        } while (!expected.equals(actual) && System.nanoTime() < deadline);
        assertThat(actual).isEqualTo(expected).isNotEmpty();
    }

    private static TreeSet<String> bySs(String output) {
        TreeSet<String> lines = new TreeSet<>();
        for (String line : output.split("\n")) {
            String[] words = line.trim().split("\\s+");
            String protocol = words[0].equals("UNCONN") || output.contains("UNCONN") ? "udp" : "tcp";
            String peer = words[4].endsWith(":*") ? "*" : plain(words[4]);
            lines.add(SocketState.parse(words[0]) + " " + words[1] + " " + words[2] + " " + protocol + " "
                    + plain(words[3]) + " " + peer);
        }
        return lines;
    }

    private static String plain(String end) {
        return end.replace("[::ffff:", "").replace("]", "");
    }

    @Test
    void theSameHoldersAsSs() throws Exception {
        Process shell = new ProcessBuilder(
                        "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port + "; sleep 60 & echo $!; read line; kill $!")
                .start();
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII));
            String sleeper = out.readLine();
            String users = Commands.output("ss", "-tanpH", "dport = :" + port);
            TreeSet<String> expected = new TreeSet<>();
            Matcher matcher = PID.matcher(users);
            while (matcher.find()) {
                expected.add(matcher.group(1));
            }
            int other = Integer.parseInt(users.replaceAll("(?s).*127\\.0\\.0\\.1:([0-9]+) +127.*", "$1"));
            Rows rows = sample();
            int row = rows.row(other, port);
            assertThat(new TreeSet<>(List.of(rows.holders(row).split(" ")))).isEqualTo(expected);
            assertThat(expected).contains(sleeper, Long.toString(shell.pid()));
            assertThat(rows.owner(row)).isEqualTo("sleep(" + sleeper + ") inferred");
        } finally {
            shell.getOutputStream().close();
            shell.waitFor();
        }
    }

    @Test
    void aForkedChildInheritsAtTheNextSample() throws Exception {
        String program =
                "exec 3<>/dev/tcp/127.0.0.1/" + port + "; echo; read line; sleep 60 & echo $!; read line; kill $!";
        Process shell = new ProcessBuilder("bash", "-c", program).start();
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII));
            out.readLine();
            Socket server = keep(listener.accept());
            int other = server.getPort();
            String before = "bash(" + shell.pid() + ") ";
            await(rows -> rows.owner(rows.row(other, port)), before + "proven");
            shell.getOutputStream().write('\n');
            shell.getOutputStream().flush();
            String child = out.readLine();
            Rows rows = sample();
            int row = rows.row(other, port);
            assertThat(rows.holders(row).split(" ")).containsExactlyInAnyOrder("" + shell.pid(), child);
            assertThat(rows.owner(row)).isEqualTo(before + "inferred");
            await(r -> r.owner(r.row(other, port)), "sleep(" + child + ") inferred");
        } finally {
            shell.getOutputStream().close();
            shell.waitFor();
        }
    }

    @Test
    void socketsOfOtherNamespaces() throws Exception {
        String name = "shawk-flow-" + ProcessHandle.current().pid();
        Commands.output("ip", "netns", "add", name);
        try {
            Commands.output("ip", "-n", name, "link", "set", "lo", "up");
            checkNamespace(name);
        } finally {
            Commands.output("ip", "netns", "del", name);
        }
    }

    private void checkNamespace(String name) throws Exception {
        Process holder = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        name,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "shawk.support.SocketHolder")
                .start();
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.US_ASCII));
            String[] words = out.readLine().split(" ");
            int service = Integer.parseInt(words[0]);
            int ephemeral = Integer.parseInt(words[1]);
            long inode = (Long) Files.getAttribute(Path.of("/run/netns", name), "unix:ino");
            Rows rows = sample();
            int row = rows.row(service, ephemeral);
            assertThat(rows.value(row, Column.NETNS)).isEqualTo(inode);
            assertThat(rows.direction(row)).isEqualTo("in " + service);
            assertThat(rows.owner(row)).isEqualTo("java(" + holder.pid() + ") proven");
            assertThat(rows.snapshot().namespaces())
                    .anyMatch(n -> n.inode() == inode && n.name().value().equals(name) && n.errno() == 0);
            checkOneNamespace(name, NamespaceChoice.parse(name), service);
            checkOneNamespace(name, NamespaceChoice.parse(Long.toString(inode)), service);
        } finally {
            holder.getOutputStream().close();
            holder.waitFor();
        }
    }

    private void checkOneNamespace(String name, NamespaceChoice choice, int service) throws Exception {
        SourceConfig config =
                new SourceConfig(SourceConfig.Choice.AUTO, choice, Path.of("/proc"), Path.of("/run/netns"));
        try (Source one = NetlinkSource.open(config)) {
            Snapshot snapshot = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7).fold(one.poll());
            assertThat(snapshot.table().sockets()).as(name).isEqualTo(3);
            Rows rows = new Rows(snapshot);
            assertThat(rows.direction(rows.row(service, 0))).isEqualTo("listen " + service);
        }
    }

    @Test
    void aNamespaceThatIsNotThereIsRefusedInOneLine() throws IOException {
        for (String text : List.of("no-such-namespace", "123456789")) {
            SourceConfig config = new SourceConfig(
                    SourceConfig.Choice.AUTO, NamespaceChoice.parse(text), Path.of("/proc"), Path.of("/run/netns"));
            String message = "";
            try (Source one = NetlinkSource.open(config)) {
                one.poll();
            } catch (SourceException e) {
                message = e.getMessage();
            }
            assertThat(message).contains(text).doesNotContain("\n");
        }
    }

    @Test
    void detailsOfThisProcess() throws Exception {
        Rows rows = sample();
        int row = rows.row(port, 0);
        var owner = rows.snapshot().processes().get((int) rows.value(row, Column.OWNER));
        assertThat(owner.exe().value())
                .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/exe")).toString());
        assertThat(owner.cmdline().value()).contains(" ");
        assertThat(owner.cgroup().value()).startsWith("/");
    }
}
