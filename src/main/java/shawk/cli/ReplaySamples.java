package shawk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import shawk.flow.FlowTable;
import shawk.model.Names;
import shawk.model.PeerNames;
import shawk.model.Snapshot;
import shawk.record.Recording;
import shawk.source.SourceException;
import shawk.source.replay.ReplaySource;

/** A recording, folded from its first sample on. Used by one thread. */
final class ReplaySamples implements Samples {
    private final ReplaySource source;
    private final FlowTable table;

    private ReplaySamples(ReplaySource source, FlowTable table) {
        this.source = source;
        this.table = table;
    }

    /** The samples of {@code file}, at most one an interval. */
    static ReplaySamples open(String file, ViewSettings view) throws Failure {
        Recording recording = openFile(file);
        return new ReplaySamples(
                new ReplaySource(recording, view.intervalNanos()), LiveSamples.newTable(names(recording, view)));
    }

    /** The events of {@code file}. */
    static ReplayEvents openEvents(String file, ViewSettings view) throws Failure {
        Recording recording = openFile(file);
        return new ReplayEvents(new ReplaySource(recording, 0), LiveSamples.newTable(names(recording, view)));
    }

    /** The recording; where it is none, why, and what to do. */
    static Recording openFile(String file) throws Failure {
        try {
            Path path = Path.of(file);
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw Failure.missing(Failure.quote(file) + " is no file; shawk record makes a recording");
            }
            return Recording.open(path);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw Failure.missing("there is no recording " + Failure.quote(file) + "; shawk record FILE makes one");
        } catch (java.nio.file.AccessDeniedException e) {
            throw Failure.missing(Failure.quote(file) + " may not be read; only who recorded it, and root, may");
        } catch (IOException e) {
            throw Failure.missing(Failure.quote(file) + " is no recording that can be read: "
                    + Failure.plain(e.getMessage()) + "; shawk record FILE makes one");
        }
    }

    @Override
    public boolean hasNext() throws Failure {
        try {
            return source.hasNext();
        } catch (SourceException e) {
            throw Failure.missing(Failure.plain(e.getMessage()));
        }
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public Snapshot next() throws Failure {
        try {
            return table.fold(source.poll());
        } catch (SourceException e) {
            throw Failure.missing(Failure.plain(e.getMessage()));
        }
    }

    @Override
    public void close() {
        source.close();
    }

    private static Names names(Recording recording, ViewSettings view) throws Failure {
        PeerNames peers = PeerNames.of(recording.info().host());
        return LiveSamples.withPlaces(new PeeredNames(recording.names(), peers), view);
    }
}
