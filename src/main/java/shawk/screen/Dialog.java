package shawk.screen;

import org.jspecify.annotations.Nullable;

/** What lies over the table and takes the keys. */
sealed interface Dialog {
    /**
     * The filter is being typed; it works while it is.
     *
     * @param line what there is
     * @param error what is wrong with it, null = nothing
     * @param errorAt where: an index into the line
     */
    record FilterInput(LineEdit line, @Nullable String error, int errorAt) implements Dialog {}

    /** The interval is being typed. */
    record IntervalInput(LineEdit line, @Nullable String error) implements Dialog {}

    /**
     * The grouping is being chosen: one of the presets, or what is typed if anything is.
     *
     * @param line chain of field names
     * @param selected number of a preset
     * @param error what is wrong with the line, null = nothing
     */
    record Arrange(LineEdit line, int selected, @Nullable String error) implements Dialog {}

    /** The keys, and what this run cannot see. */
    record Help(int scroll) implements Dialog {}
}
