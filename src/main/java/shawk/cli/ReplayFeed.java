package shawk.cli;

import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;
import shawk.screen.SampleFeed;
import shawk.screen.SelfCost;
import shawk.screen.Timeline;

/** A recording that is played, as the monitor sees it. Thread-safe. */
final class ReplayFeed implements SampleFeed {
    private final TimeTravel travel;
    private final SelfCosts costs = new SelfCosts();

    ReplayFeed(TimeTravel travel) {
        this.travel = travel;
    }

    @Override
    public Snapshot latest() {
        @Nullable Snapshot moment = travel.moment();
        return moment == null ? Snapshot.EMPTY : moment;
    }

    @Override
    public void onNews(Runnable wake) {
        travel.onNews(wake);
    }

    /** A recording has its own interval. */
    @Override
    public void intervalMillis(long millis) {}

    @Override
    public String failure() {
        return travel.failure();
    }

    @Override
    public Timeline timeline() {
        return travel;
    }

    @Override
    public SelfCost self() {
        return costs.query();
    }
}
