package shawk.view.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.model.Address;
import shawk.model.Snapshot;
import shawk.pivot.KeyValue;
import shawk.pivot.Level;
import shawk.pivot.Pivot;
import shawk.view.Drain;

/**
 * Writes samples to a stream, which whoever reads it has in full after each call. What cannot be written is thrown; the
 * stream is the caller's to close. Used by one thread.
 */
public final class Dump {
    private final DumpSpec spec;
    private final Form form;
    private final Drain drain;
    private long left;

    /** Nothing is written yet. */
    public Dump(DumpSpec spec, OutputStream out) {
        this.spec = spec;
        this.drain = new Drain(out);
        this.form = switch (spec.format()) {
            case TABLE -> new TableForm(spec, drain);
            case JSON, NDJSON -> new JsonForm(spec, drain);
            case CSV -> new CsvForm(spec, drain);
        };
    }

    /**
     * Writes the rows of one sample.
     *
     * @param number 1 for the first sample that is written, then 2, …
     */
    public void sample(Pivot pivot, long number) throws IOException {
        form.beginSample(pivot.snapshot(), number);
        if (spec.format() == Format.TABLE) {
            rows(pivot, form::measure);
        }
        form.beginRows();
        rows(pivot, form::row);
        form.endSample();
        drain.flush();
    }

    /**
     * The addresses of remote hosts that {@link #sample} would write of {@code pivot}, from the top, no more than
     * {@code most}.
     */
    public Set<Address> remotes(Pivot pivot, int most) throws IOException {
        Set<Address> found = new LinkedHashSet<>();
        Field named = spec.named();
        if (named instanceof KeyField key) {
            int place = spec.groupBy().indexOf(key);
            KeyValue value = new KeyValue();
            rows(pivot, (level, index) -> {
                if (found.size() < most && place < level.depth()) {
                    common(level, index, key, place >= 0, value);
                    if (!value.distinct() && !value.absent()) {
                        found.add(new Address(value.high(), value.low()));
                    }
                }
            });
        }
        return found;
    }

    /** A field that rows were grouped by has the same value in all of them. */
    private static void common(Level level, int index, KeyField key, boolean grouped, KeyValue out) {
        if (grouped) {
            out.read(key, level.snapshot(index), level.row(index));
        } else {
            level.key(key, index, out);
        }
    }

    /** Gives some entries one after the other, the same ones each time. */
    @FunctionalInterface
    public interface Walk {
        void each(Take take) throws IOException;
    }

    /** Writes some entries of a pivot of {@code snapshot} as the one sample. */
    public void entries(Snapshot snapshot, Walk walk) throws IOException {
        form.beginSample(snapshot, 1);
        form.beginRows();
        walk.each(form::row);
        form.endSample();
        drain.flush();
    }

    /** Ends the whole in good order, whether or not a sample came. */
    public void end() throws IOException {
        form.end();
        drain.flush();
    }

    /** What is done with an entry. */
    @FunctionalInterface
    public interface Take {
        void entry(Level level, int index) throws IOException;
    }

    private void rows(Pivot pivot, Take take) throws IOException {
        left = spec.limit();
        if (spec.levels() && !spec.groupBy().isEmpty()) {
            tree(pivot, pivot.root(), take);
        } else {
            Level leaves = pivot.leaves();
            for (int i = 0; i < leaves.size() && left > 0; i++, left--) {
                take.entry(leaves, i);
            }
        }
    }

    private void tree(Pivot pivot, Level level, Take take) throws IOException {
        boolean leaves = level.depth() >= spec.groupBy().size();
        for (int i = 0; i < level.size() && left > 0; i++) {
            take.entry(level, i);
            left--;
            if (!leaves) {
                tree(pivot, pivot.children(level, i), take);
            }
        }
    }
}
