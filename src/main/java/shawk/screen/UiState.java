package shawk.screen;

import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;

/**
 * Everything that decides how a snapshot looks on the screen. Immutable: a key makes a new one.
 *
 * @param columns width of the terminal in cells
 * @param rows height of the terminal in lines
 * @param arrangement how rows are chosen, grouped, sorted
 * @param folding which groups are unfolded
 * @param cursor where the cursor is
 * @param dialog what takes the keys; null = the table
 * @param paused the snapshot that stays; null = the newest one is shown
 * @param intervalMillis time between samples
 * @param message one line about the last key; empty = none
 * @param notices the lines about what this run cannot see
 */
public record UiState(
        int columns,
        int rows,
        Arrangement arrangement,
        Folding folding,
        Cursor cursor,
        @Nullable Dialog dialog,
        @Nullable Snapshot paused,
        long intervalMillis,
        String message,
        Notices notices) {

    /** How the screen begins. */
    public static UiState initial(Arrangement arrangement, long intervalMillis) {
        return new UiState(80, 24, arrangement, Folding.NONE, Cursor.TOP, null, null, intervalMillis, "", Notices.NONE);
    }

    /** Lines between the heads of the columns and what is below the table. At least 1. */
    int page() {
        return Math.max(1, rows - Layout.LINES_AROUND_TABLE - notices.lines());
    }

    UiState withSize(int newColumns, int newRows) {
        return new UiState(
                newColumns, newRows, arrangement, folding, cursor, dialog, paused, intervalMillis, message, notices);
    }

    UiState withArrangement(Arrangement changed) {
        return new UiState(columns, rows, changed, folding, cursor, dialog, paused, intervalMillis, message, notices);
    }

    UiState withFolding(Folding changed) {
        return new UiState(
                columns, rows, arrangement, changed, cursor, dialog, paused, intervalMillis, message, notices);
    }

    UiState withCursor(Cursor changed) {
        return new UiState(
                columns, rows, arrangement, folding, changed, dialog, paused, intervalMillis, message, notices);
    }

    UiState withDialog(@Nullable Dialog changed) {
        return new UiState(
                columns, rows, arrangement, folding, cursor, changed, paused, intervalMillis, message, notices);
    }

    UiState withPaused(@Nullable Snapshot changed) {
        return new UiState(
                columns, rows, arrangement, folding, cursor, dialog, changed, intervalMillis, message, notices);
    }

    UiState withInterval(long millis) {
        return new UiState(columns, rows, arrangement, folding, cursor, dialog, paused, millis, message, notices);
    }

    UiState withMessage(String changed) {
        return new UiState(
                columns, rows, arrangement, folding, cursor, dialog, paused, intervalMillis, changed, notices);
    }

    UiState withNotices(Notices changed) {
        return new UiState(
                columns, rows, arrangement, folding, cursor, dialog, paused, intervalMillis, message, changed);
    }
}
