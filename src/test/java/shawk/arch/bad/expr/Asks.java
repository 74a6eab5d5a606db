package shawk.arch.bad.expr;

import java.time.Instant;

/** An expression whose value changes by itself. */
public final class Asks {
    long tick = System.nanoTime();
    String home = System.getenv("HOME");
    Instant when = Instant.now();
    double luck = Math.random();
}
