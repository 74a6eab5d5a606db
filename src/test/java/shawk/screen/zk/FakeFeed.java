package shawk.screen.zk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.screen.Pace;
import shawk.screen.SelfCost;

/** A feed whose tables a test makes, and that keeps what it was asked for. */
final class FakeFeed implements TopFeed {
    private static final long BEGAN = 1_700_000_000_000_000L;

    final List<String> asked = new ArrayList<>();
    TopSnapshot latest = TopSnapshot.EMPTY;
    String failure = "";
    String fixed = "";
    TopPhase phase = TopPhase.COUNTING;
    List<TopLevel> levels = List.of(new TopLevel(0, ""));
    private long sequence;

    /** A table of these rows; figures follow from the place of a row. */
    static TopTable table(TopGroup group, int depth, String... names) {
        List<SafeText> keys = new ArrayList<>();
        double[][] values = new double[TopColumn.values().length][names.length];
        for (int row = 0; row < names.length; row++) {
            keys.add(SafeText.of(RawText.of(names[row])));
            for (TopColumn column : TopColumn.values()) {
                values[column.ordinal()][row] = value(column, row, names.length);
            }
        }
        double[][] recent = values.clone();
        recent[TopColumn.ERRORS.ordinal()] = values[TopColumn.ERRORS.ordinal()].clone();
        recent[TopColumn.P99.ordinal()] = values[TopColumn.P99.ordinal()].clone();
        for (int row = 0; row < names.length; row++) {
            recent[TopColumn.ERRORS.ordinal()][row] = 0.5 * row;
            recent[TopColumn.P99.ordinal()][row] = 70.0 * (row + 1);
        }
        return new TopTable(group, depth, keys, values, recent, 0);
    }

    private static double value(TopColumn column, int row, int rows) {
        return switch (column) {
            case RATE -> 1204.0 / (row + 1);
            case COUNT -> 90_190.0 / (row + 1);
            case ERRORS -> row == 1 ? 3 : 0;
            case OPEN -> rows - row;
            case IN -> 41_000.0 * row;
            case OUT -> row == 2 ? Double.NaN : 3_100_000.0 / (row + 1);
            default -> row == 2 ? Double.NaN : 100.0 * column.ordinal() * (row + 1);
        };
    }

    /** What comes next of the level that was asked for last. */
    FakeFeed with(TopTable... tables) {
        return with(new TopTotals(12_034, 12_030, 3, 12, 7, 0, 0, 0), tables);
    }

    FakeFeed with(TopTotals totals, TopTable... tables) {
        sequence++;
        long level = levels.get(levels.size() - 1).id();
        latest = new TopSnapshot(sequence, level, BEGAN, BEGAN + 725_000_000, phase, totals, List.of(tables));
        return this;
    }

    @Override
    public TopSnapshot latest() {
        return latest;
    }

    @Override
    public void onNews(Runnable wake) {}

    @Override
    public void intervalMillis(long millis) {
        asked.add("interval " + millis);
    }

    @Override
    public void depth(int depth) {
        asked.add("depth " + depth);
    }

    @Override
    public @Nullable Refusal refusal(String filter) {
        return filter.contains("wrong") ? new Refusal("expected a field", 0) : null;
    }

    @Override
    public void levels(List<TopLevel> newLevels) {
        levels = newLevels;
        asked.add("levels " + newLevels.stream().map(TopLevel::filter).toList());
    }

    @Override
    public String fixed() {
        return fixed;
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public SelfCost self() {
        return new SelfCost(0.8, 96_000_000, Pace.NONE);
    }
}
