package shawk.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import shawk.model.Degradation;
import shawk.model.Meter;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SocketState;
import shawk.support.Kernel;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;

/** Made-up hosts: sockets that come, change and go. */
final class Samples {
    private final Random random;
    private final List<Living> alive = new ArrayList<>();
    private long cookies = 1;
    private int second;
    private long established;

    /** A connection and its counters. */
    private static final class Living {
        private final long cookie;
        private final int lport;
        private final int pid;
        private long sent;
        private long quiet;

        Living(long cookie, int lport, int pid) {
            this.cookie = cookie;
            this.lport = lport;
            this.pid = pid;
        }
    }

    Samples(long seed) {
        random = new Random(seed);
    }

    /** The next sample, a second after the last. */
    RawSample next(boolean withCookies) {
        second++;
        for (int i = random.nextInt(4); i > 0; i--) {
            alive.add(
                    random.nextInt(alive.size() + 1),
                    new Living(cookies++, 1024 + random.nextInt(60000), random.nextInt(5)));
        }
        for (int i = random.nextInt(3); i > 0 && !alive.isEmpty(); i--) {
            alive.remove(random.nextInt(alive.size()));
        }
        RawSampleBuilder sample = RawSampleBuilder.at(second);
        for (int pid = 0; pid < 5; pid++) {
            if (pid != second % 7) {
                sample.process(100 + pid, pid, "p" + pid, pid % 2 * 1000);
            }
        }
        if (second % 5 == 1) {
            sample.details(100 + second % 3, second % 3, "/bin/p" + second, "");
        }
        if (second % 6 < 2) {
            sample.degradation(new Degradation("owners", second / 6 + " owners", "none", "root"));
        }
        for (Living each : alive) {
            sample.socket(socket(each, withCookies));
        }
        sample.kernel(Kernel.meter(Meter.ESTABLISHED, established += random.nextInt(1000)));
        addEvents(sample);
        return sample.build();
    }

    private void addEvents(RawSampleBuilder sample) {
        for (int i = random.nextInt(6); i > 0; i--) {
            sample.kernel(Kernel.closed(
                            second - random.nextDouble(), "10.0.0.1:" + (1024 + random.nextInt(60000)), "10.9.0.1:443")
                    .cookie(random.nextInt(1000))
                    .set("process", random.nextInt(4))
                    .set("tx_bytes", random.nextInt(5000)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            sample.kernel(Kernel.bundle("10.0.0.1", "10.9.0.1", 440 + i, random.nextInt(100))
                    .set("process", random.nextInt(4))
                    .set("tx_bytes", random.nextInt(5000)));
        }
    }

    private Socket socket(Living each, boolean withCookie) {
        boolean sends = random.nextInt(3) == 0;
        each.sent += sends ? random.nextInt(5000) : 0;
        each.quiet = sends ? random.nextInt(900) : each.quiet + 1000 + 4 * random.nextInt(3);
        Socket socket = Socket.tcp("10.0.0.1:" + each.lport, "10.9.0." + each.pid + ":443")
                .set("bytes_acked", each.sent)
                .set("bytes_sent", each.sent + random.nextInt(2))
                .set("last_data_sent_ms", each.quiet)
                .set("last_data_recv_ms", each.quiet + 3)
                .set("timer_ms", Math.max(0, 9000 - each.quiet))
                .set("rtt_us", random.nextInt(1000))
                .inode(each.cookie)
                .text("cong", random.nextBoolean() ? "cubic" : "bbr")
                .state(random.nextInt(9) == 0 ? SocketState.CLOSE_WAIT : SocketState.ESTABLISHED);
        if (withCookie) {
            socket.cookie(each.cookie);
        }
        if (each.pid != second % 7) {
            socket.heldBy(100 + each.pid);
        }
        return socket;
    }

    /** Everything that a sample says, as text. */
    static String text(RawSample sample) {
        StringBuilder out = new StringBuilder(sample.source()
                + ' '
                + sample.wallMicros()
                + ' '
                + sample.monotonicNanos()
                + ' '
                + sample.degradations()
                + '\n');
        for (RawSection section : RawSection.values()) {
            ByteBuffer records = sample.buffer(section);
            out.append(section).append(' ').append(sample.count(section)).append('\n');
            for (int i = 0; i < sample.count(section) * section.recordSize(); i++) {
                out.append(Integer.toHexString(records.get(i) & 0xff)).append(' ');
            }
        }
        return out.append('\n').toString();
    }
}
