package shawk.arch.bad.flow;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;

/** A fold that does everything a fold must not. */
public final class Folds {
    InetAddress peer = InetAddress.getLoopbackAddress();
    Path file = Path.of("/proc");
    InputStream in = InputStream.nullInputStream();
    ConcurrentHashMap<String, String> shared = new ConcurrentHashMap<>();
    Thread worker = new Thread(shared::clear);
    Clock clock = Clock.systemUTC();
}
