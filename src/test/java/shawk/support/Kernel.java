package shawk.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import shawk.model.EndReason;
import shawk.model.EventRecord;
import shawk.model.Meter;
import shawk.model.RawSection;

/**
 * A record of what programs in the kernel see; numbers are set under the names that C gives them. Processes are named
 * by pid.
 */
public final class Kernel {
    private static final int OUT = 1;
    private static final int IN = 2;
    private static final int PROVEN = 2;
    private static final long NO_MIN_RTT = 0xffff_ffffL;

    final RawSection section;
    final ByteBuffer record;
    private final Map<String, int[]> layout;
    /** 0 = nobody. */
    int pid;

    private Kernel(RawSection section) {
        this.section = section;
        this.layout = section.layout();
        this.record = ByteBuffer.allocateDirect(section.recordSize()).order(ByteOrder.nativeOrder());
    }

    /** A connection that was opened from here and closed here, one second before. */
    public static Kernel closed(double seconds, String local, String remote) {
        return event(EventRecord.CLOSED, seconds, local, remote)
                .set("opened_ns", nanos(seconds - 1))
                .reason(EndReason.FIN_LOCAL);
    }

    public static Kernel opened(double seconds, String local, String remote) {
        return event(EventRecord.OPENED, seconds, local, remote).set("opened_ns", nanos(seconds));
    }

    public static Kernel failed(double seconds, String local, String remote) {
        return event(EventRecord.FAILED, seconds, local, remote).reason(EndReason.REFUSED);
    }

    private static Kernel event(int kind, double seconds, String local, String remote) {
        Kernel event = new Kernel(RawSection.EVENTS).ends(local, remote).set("kind", kind);
        event.set("monotonic_ns", nanos(seconds)).set("protocol", 6).set("ordinal", 1);
        return event.set("direction", OUT).set("min_rtt_us", NO_MIN_RTT);
    }

    /** So many connections that were opened and closed within the interval; addresses without a port. */
    public static Kernel bundle(String local, String remote, int port, int count) {
        Kernel bundle = new Kernel(RawSection.BUNDLES).ends(local + ":0", remote + ":0");
        bundle.set("protocol", 6).set("direction", OUT).set("port", port);
        return bundle.set("opened", count).set("opened_now", count).set("closed", count);
    }

    public static Kernel flow(String local, String remote, long cookie) {
        return new Kernel(RawSection.FLOWS).ends(local, remote).set("cookie", cookie);
    }

    public static Kernel meter(Meter meter, long value) {
        return new Kernel(RawSection.METERS).set("id", meter.ordinal()).set("value", value);
    }

    public static Kernel program(String name) {
        Kernel program = new Kernel(RawSection.PROGRAMS);
        program.record.put(program.layout.get("name")[0], name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return program;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    private Kernel ends(String local, String remote) {
        boolean v6 = local.startsWith("[");
        set("netns", RawSampleBuilder.NETNS).set("family", v6 ? 10 : 2);
        boolean ports = layout.containsKey("lport");
        RawSampleBuilder.end(record, layout, local, "laddr", ports ? "lport" : "", v6);
        RawSampleBuilder.end(record, layout, remote, "raddr", ports ? "rport" : "", v6);
        return this;
    }

    /** Its owner, proven. */
    public Kernel by(int newPid) {
        pid = newPid;
        return layout.containsKey("proof") ? set("proof", PROVEN) : this;
    }

    /** It was opened by the other side. */
    public Kernel in() {
        return set("direction", IN);
    }

    public Kernel cookie(long cookie) {
        return set("cookie", cookie);
    }

    public Kernel reason(EndReason reason) {
        return set("reason", reason.ordinal());
    }

    public Kernel set(String field, long value) {
        RawSampleBuilder.put(record, layout, field, value);
        return this;
    }
}
