package shawk.screen;

import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;

/** Reads filters. Pure. */
@FunctionalInterface
public interface FilterLanguage {
    /** What {@code text}, which is not blank, means. */
    Result parse(String text);

    /**
     * A filter or what is wrong.
     *
     * @param filter null where the text is wrong
     * @param error one line: what is wrong, what was expected; null where nothing is
     * @param at where: an index into the text
     */
    record Result(@Nullable Filter filter, @Nullable String error, int at) {}
}
