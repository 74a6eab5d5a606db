package shawk.view.tui;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import shawk.model.Snapshot;
import shawk.screen.Effect;
import shawk.screen.Event;
import shawk.screen.Grid;
import shawk.screen.Monitor;
import shawk.screen.SampleFeed;
import shawk.screen.Stage;
import shawk.screen.UiState;

/** The monitor of connections, with the feed that it takes its snapshots from. Used by the thread that draws. */
final class MonitorStage implements Stage {
    private final SampleFeed feed;
    private final Monitor monitor;

    MonitorStage(SampleFeed feed, TuiOptions options) {
        this.feed = feed;
        UiState initial = UiState.initial(options.arrangement(), options.intervalMillis())
                .withKeys(options.keys())
                .withSetup(options.setup())
                .withColumns(options.columns())
                .withZone(ZoneId.systemDefault())
                .withNumeric(options.numeric())
                .saying(options.greeting());
        this.monitor = new Monitor(initial, options.host(), options.ascii(), feed.names());
    }

    @Override
    public void onNews(Runnable wake) {
        feed.onNews(wake);
    }

    @Override
    public void takeNews() {
        Snapshot newest = feed.latest();
        if (newest.sequence() > 0) {
            monitor.on(new Event.SampleArrived(newest));
        }
        monitor.on(new Event.TimeTold(feed.timeline().status()));
        Snapshot moment = feed.timeline().moment();
        if (moment != null) {
            monitor.on(new Event.MomentShown(moment));
        }
        String line = feed.said();
        if (!line.isEmpty()) {
            monitor.on(new Event.Said(line));
        }
    }

    /** What is the feed's matter is done here. */
    @Override
    public List<Effect> on(Event event) {
        List<Effect> left = new ArrayList<>();
        for (Effect effect : monitor.on(event)) {
            if (effect instanceof Effect.SetInterval interval) {
                feed.intervalMillis(interval.millis());
            } else if (effect instanceof Effect.Statistics statistics) {
                feed.statistics(statistics.on());
            } else if (effect instanceof Effect.Travel travel) {
                feed.timeline().travel(travel.command());
            } else {
                left.add(effect);
            }
        }
        return left;
    }

    @Override
    public void draw(Grid grid) {
        monitor.draw(grid, feed.self(), feed.failure());
    }
}
