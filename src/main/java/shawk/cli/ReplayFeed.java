package shawk.cli;

import org.jspecify.annotations.Nullable;
import shawk.enrich.ReverseNames;
import shawk.model.AddressNames;
import shawk.model.Snapshot;
import shawk.screen.SampleFeed;
import shawk.screen.SelfCost;
import shawk.screen.Timeline;

/** A recording that is played, as the monitor sees it. Thread-safe. */
final class ReplayFeed implements SampleFeed {
    private final TimeTravel travel;
    private final @Nullable ReverseNames names;
    private final SelfCosts costs = new SelfCosts();

    /** {@code names} are those of remote hosts; null = none are looked up. */
    ReplayFeed(TimeTravel travel, @Nullable ReverseNames names) {
        this.names = names;
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
        if (names != null) {
            names.onNews(wake);
        }
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
    public AddressNames names() {
        return names == null ? AddressNames.NONE : names;
    }

    @Override
    public SelfCost self() {
        return costs.query();
    }
}
