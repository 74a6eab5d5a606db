package shawk.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import shawk.support.NativePrograms;

/** {@code libshawk-bpf.so} at work, read as text by {@code watch}. */
final class Witness implements AutoCloseable {
    private final Talk talk;

    Witness(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(NativePrograms.watch(), NativePrograms.library()));
        command.addAll(List.of(options));
        talk = new Talk(command);
        talk.until("READY");
        taken();
    }

    /** Everything since the last time. */
    List<String> taken() throws IOException {
        order("take");
        return order("print");
    }

    /** One order, done. */
    List<String> order(String line) throws IOException {
        talk.say(line);
        return talk.until("done " + line);
    }

    /** Says what is to be done and does not wait for it. */
    void begin(String line) throws IOException {
        talk.say(line);
    }

    List<String> await(String line) throws IOException {
        return talk.until("done " + line);
    }

    long pid() {
        return talk.pid();
    }

    static long meter(List<String> lines, String name) {
        return Line.of(lines, "meter").stream()
                .filter(line -> line.text("name").equals(name))
                .mapToLong(line -> line.number("value"))
                .sum();
    }

    /** Sum over all bundles. */
    static long bundled(List<String> lines, String what) {
        return Line.of(lines, "bundle").stream()
                .mapToLong(line -> line.number(what))
                .sum();
    }

    /** Ends, once it has unloaded everything. */
    void end() throws IOException, InterruptedException {
        talk.rest();
    }

    @Override
    public void close() throws IOException {
        talk.close();
    }
}
