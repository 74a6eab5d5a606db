package shawk.support;

import com.sun.jna.Function;
import com.sun.jna.Native;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of a test's own, with loopback up: for other programs, and for code of the test itself. */
public final class PrivateNetwork implements AutoCloseable {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final int O_RDONLY = 0;
    private static final int CLONE_NEWNET = 0x40000000;

    private final String name = "shawk-net-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();

    private PrivateNetwork() {}

    public static PrivateNetwork open() throws IOException, InterruptedException {
        PrivateNetwork network = new PrivateNetwork();
        Commands.output("ip", "netns", "add", network.name);
        Commands.output("ip", "-n", network.name, "link", "set", "lo", "up");
        return network;
    }

    /** As {@code ip netns} knows it. */
    public String name() {
        return name;
    }

    /** The command that runs {@code command} in it. */
    public List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return all;
    }

    /** Runs {@code body} on a thread of its own that lives in it: sockets that are made there are in it, for good. */
    public <T> T inside(Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter();
            return body.call();
        });
        Thread thread = new Thread(task, "in " + name);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void enter() throws IOException {
        int fd = Function.getFunction("c", "open")
                .invokeInt(new Object[] {Native.toByteArray("/run/netns/" + name, "UTF-8"), O_RDONLY});
        if (fd < 0
                || Function.getFunction("c", "setns").invokeInt(new Object[] {fd, CLONE_NEWNET}) != 0
                || Function.getFunction("c", "close").invokeInt(new Object[] {fd}) != 0) {
            throw new IOException("not in " + name + ": errno " + Native.getLastError());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Commands.output("ip", "netns", "del", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
