package shawk.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.Degradation;
import shawk.model.HolderRecord;
import shawk.model.LinkRecord;
import shawk.model.ProcessRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.UnixRecord;
import shawk.source.SourceConfig.Part;
import shawk.source.diag.NetlinkSource;
import shawk.source.proc.ProcSource;
import shawk.support.Commands;

/** What is read besides TCP and UDP, on this host, held against what {@code ss} and {@code ip} say. */
final class RealPartsTest {
    private static final long DEADLINE_NANOS = 20_000_000_000L;
    private static final SourceConfig ALL = SourceConfig.DEFAULT.withParts(EnumSet.allOf(Part.class));
    private static final Pattern UNIX = Pattern.compile("^u_\\S+ .* ([0-9]+) +\\S+ ([0-9]+)(?: |$)");

    /** Inode to peer. */
    private static Map<Long, Long> unixSockets(RawSample sample) {
        Map<Long, Long> peers = new HashMap<>();
        UnixRecord record = new UnixRecord(sample.buffer(RawSection.UNIX_SOCKETS));
        for (int i = 0; i < sample.count(RawSection.UNIX_SOCKETS); i++) {
            record.at(i);
            peers.put(record.inode(), record.peer());
        }
        return peers;
    }

    private static Map<Long, Long> unixSocketsOfSs() throws Exception {
        Map<Long, Long> peers = new HashMap<>();
        for (String line : Commands.output("ss", "-xaH").split("\n")) {
            Matcher matcher = UNIX.matcher(line.strip());
            if (matcher.find()) {
                peers.put(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
            }
        }
        return peers;
    }

    @Test
    void unixSocketsAreThoseOfSs() throws Exception {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        SourceConfig own = new SourceConfig(
                        SourceConfig.Choice.NETLINK, NamespaceChoice.SELF, Path.of("/proc"), Path.of("/run/netns"))
                .withParts(Set.of(Part.UNIX));
        try (Source source = NetlinkSource.open(own)) {
            Map<Long, Long> before;
            Map<Long, Long> theirs;
            do {
                before = unixSockets(source.poll());
                theirs = unixSocketsOfSs();
            } while (!before.equals(theirs) && System.nanoTime() < deadline);
            assertThat(before).isNotEmpty().isEqualTo(theirs);
        }
    }

    @Test
    void aUnixSocketHasItsNameItsPeerAndItsHolder(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("sock\u001b[31m");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Source source = NetlinkSource.open(ALL)) {
            listener.bind(UnixDomainSocketAddress.of(file));
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file));
                    SocketChannel server = listener.accept()) {
                assertThat(client.isConnected() && server.isConnected()).isTrue();
                RawSample sample = source.poll();
                UnixRecord record = new UnixRecord(sample.buffer(RawSection.UNIX_SOCKETS));
                Map<Long, Long> peers = unixSockets(sample);
                int named = 0;
                for (int i = 0; i < sample.count(RawSection.UNIX_SOCKETS); i++) {
                    if (new String(record.at(i).name().toBytes(), StandardCharsets.UTF_8).equals(file.toString())) {
                        assertThat(holders(sample, i))
                                .contains(ProcessHandle.current().pid());
                        assertThat(record.has(UnixRecord.HAS_NAME | UnixRecord.HAS_QUEUES))
                                .isTrue();
                        assertThat(record.state() == 10 || peers.get(record.peer()) == record.inode())
                                .isTrue();
                        named++;
                    }
                }
                assertThat(named).as("the listener, and what it accepted").isEqualTo(2);
            }
        }
    }

    private static Set<Long> holders(RawSample sample, int unixSocket) {
        Set<Long> pids = new HashSet<>();
        HolderRecord holder = new HolderRecord(sample.buffer(RawSection.HOLDERS));
        ProcessRecord process = new ProcessRecord(sample.buffer(RawSection.PROCESSES));
        for (int i = 0; i < sample.count(RawSection.HOLDERS); i++) {
            if (holder.at(i).sock() == sample.count(RawSection.SOCKETS) + unixSocket) {
                pids.add((long) process.at(holder.process()).pid());
            }
        }
        return pids;
    }

    @Test
    void linksAreThoseOfTheHost() throws Exception {
        try (Source source = NetlinkSource.open(ALL)) {
            RawSample sample = source.poll();
            LinkRecord link = new LinkRecord(sample.buffer(RawSection.LINKS));
            boolean found = false;
            for (int i = 0; i < sample.count(RawSection.LINKS) && !found; i++) {
                String name = new String(link.at(i).name().toBytes(), StandardCharsets.UTF_8);
                found = name.equals("lo");
            }
            assertThat(found).isTrue();
            assertThat((long) link.ifindex()).isEqualTo(number("ifindex"));
            assertThat(link.flags() & (LinkRecord.UP | LinkRecord.LOOPBACK)).isEqualTo(9);
            assertThat(number("statistics/rx_bytes")).isGreaterThanOrEqualTo(link.rxBytes());
        }
    }

    private static long number(String file) throws IOException {
        return Long.parseLong(
                Files.readString(Path.of("/sys/class/net/lo", file)).strip());
    }

    @Test
    void whatIsNotAskedForIsNotThere() throws Exception {
        try (Source source = NetlinkSource.open(SourceConfig.DEFAULT.withParts(Set.of(Part.TCP)))) {
            RawSample sample = source.poll();
            assertThat(sample.count(RawSection.UNIX_SOCKETS)).isZero();
            assertThat(sample.count(RawSection.TRANSLATIONS)).isZero();
            assertThat(sample.count(RawSection.LINKS)).isZero();
            assertThat(sample.count(RawSection.SOCKETS)).isPositive();
        }
    }

    @Test
    void procfsHasNeitherMptcpNorUnixSocketsButLinks() throws Exception {
        try (Source source = ProcSource.open(ALL)) {
            RawSample sample = source.poll();
            assertThat(sample.count(RawSection.UNIX_SOCKETS)).isZero();
            assertThat(sample.count(RawSection.LINKS)).isPositive();
            assertThat(sample.degradations()).extracting(Degradation::id).doesNotContain("unix", "mptcp", "mptcp6");
        }
    }
}
