package shawk.kernel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.support.Json;

/**
 * One end of a connection that has closed, or an attempt that has failed: as the generator knows it, or as somebody saw
 * it. pid 0 and empty texts: not told.
 */
public record End(
        String kind,
        long pid,
        String name,
        long netns,
        String direction,
        String laddr,
        int lport,
        String raddr,
        int rport,
        long tx,
        long rx,
        String reason,
        String proof,
        long micros) {
    /** The same without the name of its process. */
    End unnamed() {
        return new End(kind, pid, "", netns, direction, laddr, lport, raddr, rport, tx, rx, reason, proof, micros);
    }

    /** What identifies it among all; a failed attempt has no local port to speak of. */
    String key() {
        boolean failed = kind.equals("failed");
        return kind + " " + netns + " " + (failed ? "-" : laddr + ":" + lport) + " " + raddr + ":" + rport;
    }

    /** A line {@code end} of the generator; its duration is the least that it can have been. */
    static End ofTruth(Line line) {
        long opened = line.number("opened");
        long ended = line.number("ended");
        return of(
                line, line.number("inferred") == 1 ? "inferred" : "proven", ended == 0 ? -1 : (ended - opened) / 1000);
    }

    /** A line {@code event} of the library's witness. */
    static End ofWitness(Line line) {
        long opened = line.number("opened");
        return of(line, line.text("proof"), opened == 0 ? -1 : (line.number("at") - opened) / 1000);
    }

    private static End of(Line line, String proof, long micros) {
        return new End(
                line.text("kind"),
                line.number("pid"),
                line.text("name"),
                line.number("netns"),
                line.text("dir"),
                line.text("laddr"),
                (int) line.number("lport"),
                line.text("raddr"),
                (int) line.number("rport"),
                line.number("tx"),
                line.number("rx"),
                line.text("reason"),
                proof,
                micros);
    }

    /** An object that {@code shawk events} has written. */
    public static End ofCommand(String json) {
        Map<String, Object> row = Json.object(json);
        String kind = text(row.get("event"));
        Object reason = row.get(kind.equals("failed") ? "fail_reason" : "close_reason");
        return new End(
                kind,
                number(row.get("pid"), 0),
                text(row.get("process")),
                number(row.get("netns"), 0),
                text(row.get("dir")),
                text(row.get("laddr")),
                (int) number(row.get("lport"), 0),
                text(row.get("raddr")),
                (int) number(row.get("rport"), 0),
                number(row.get("tx_bytes"), -1),
                number(row.get("rx_bytes"), -1),
                text(reason),
                text(row.get("owner_proof")),
                number(row.get("duration"), -1));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static long number(@Nullable Object value, long absent) {
        return value instanceof Json.Number digits ? (long) digits.value() : absent;
    }

    /** The generator's, of all its lines. */
    public static List<End> truth(List<String> lines) {
        return Line.of(lines, "end").stream()
                .filter(line -> !line.text("kind").equals("datagrams"))
                .map(End::ofTruth)
                .toList();
    }
}
