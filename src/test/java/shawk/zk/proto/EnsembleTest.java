package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import shawk.support.Captures;
import shawk.tcp.ByteLedger;
import shawk.tcp.PacketBatch;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;

/** Everything that the servers of an ensemble said to each other, against what Apache's own classes read. */
class EnsembleTest {
    private static final String CAPTURE = "ensemble-full";

    @Test
    void everyMessageIsReadAsApacheReadsIt() throws IOException {
        PacketBatch packets = Captures.read(CAPTURE + ".pcap");
        OracleText text = new OracleText(packets.micros[0]);
        Ports zab = new Ports();
        Ports fle = new Ports();
        zab.add(2881, 2884);
        fle.add(3881, 3884);
        Streams streams =
                new Streams(new Dissector(new Ports(), zab, fle, DecodeLimits.DEFAULT, text), StreamLimits.DEFAULT);
        streams.take(packets);
        streams.finish(packets.micros[packets.count - 1]);

        List<String> expected = lines();
        assertThat(expected).filteredOn(line -> line.contains(" FLE ")).hasSize(139);
        assertThat(expected)
                .filteredOn(line -> line.contains(" ZAB ") && !line.contains("SNAPDATA"))
                .hasSize(1145 - 3);
        for (int i = 0; i < Math.min(expected.size(), text.lines.size()); i++) {
            assertThat(text.lines.get(i)).isEqualTo(expected.get(i));
        }
        assertThat(text.lines).hasSameSizeAs(expected);
        ByteLedger ledger = streams.ledger();
        assertThat(ledger.malformed).isZero();
        assertThat(ledger.ignored).isEqualTo(1731 + 1958 + 1970);
        assertThat(ledger.in).isEqualTo(ledger.decoded + ledger.ignored);
    }

    /** Without the number of the packet. */
    private static List<String> lines() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(EnsembleTest.class.getResourceAsStream("/zk/" + CAPTURE + ".ref.txt")),
                StandardCharsets.UTF_8))) {
            return in.lines()
                    .takeWhile(line -> !line.startsWith("---"))
                    .filter(line -> line.contains(" ZAB ") || line.contains(" FLE "))
                    .map(line -> line.replaceFirst(" #\\d+", ""))
                    .toList();
        }
    }
}
