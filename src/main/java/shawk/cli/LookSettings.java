package shawk.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shawk.expr.RecordFilter;
import shawk.look.LookQuery;
import shawk.look.LookTimes;
import shawk.look.Selector;
import shawk.look.Way;
import shawk.look.Window;

/**
 * What {@code shawk look} was asked for.
 *
 * @param selector where it begins
 * @param selected the same in words, for titles and messages
 * @param filter which edges are wanted; null = all
 * @param way which way they are followed
 * @param depth how many edges far
 * @param since from when; null = ever
 * @param until until when
 * @param format of the output
 * @param limit at most so many edges
 * @param details whether a tree has amounts, times and proofs
 * @param diff what is compared; null = nothing
 * @param watchNanos time from one drawing to the next; 0 = it is drawn once
 */
record LookSettings(
        Selector selector,
        String selected,
        @Nullable RecordFilter filter,
        Way way,
        int depth,
        LookTimes.@Nullable Moment since,
        LookTimes.Moment until,
        Format format,
        int limit,
        boolean details,
        @Nullable Compared diff,
        long watchNanos) {
    /** Forms of the output. */
    enum Format {
        TREE,
        JSON,
        NDJSON,
        CSV,
        DOT,
        MERMAID,
        SVG;

        /** As it is typed. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is compared.
     *
     * @param earlier end of the earlier window
     * @param later end of the later one
     * @param lengthMicros of both
     */
    record Compared(LookTimes.Moment earlier, LookTimes.Moment later, long lengthMicros) {
        /** The window before {@code end}. */
        Window before(LookTimes.Moment end, long nowMicros) {
            return new Window(end.at(nowMicros) - lengthMicros, end.at(nowMicros));
        }
    }

    /** The time that is looked at, where it is {@code nowMicros} now. */
    Window window(long nowMicros) {
        return new Window(since == null ? 0 : since.at(nowMicros), until.at(nowMicros));
    }

    /** What is asked of the store about {@code window}. */
    LookQuery query(Window window) {
        boolean amounts = details || format != Format.TREE || filter != null || diff != null;
        return new LookQuery(selector, filter, way, depth, window, limit, amounts);
    }
}
