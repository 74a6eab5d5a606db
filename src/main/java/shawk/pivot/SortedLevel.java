package shawk.pivot;

import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;

/** Entries of one snapshot in sorted order, each known by the identity of a row that stands for it. */
abstract class SortedLevel implements Level {
    private final Snapshot snapshot;
    private final Identities identities;
    private Identities.@Nullable Index index;

    SortedLevel(Snapshot snapshot, Identities identities) {
        this.snapshot = snapshot;
        this.identities = identities;
    }

    final Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public final Snapshot snapshot(int position) {
        return snapshot;
    }

    @Override
    public final int find(Identity identity) {
        if (index == null) {
            index = new Identities.Index(snapshot, identities, this);
        }
        return index.find(identity);
    }

    @Override
    public final Identity identity(int position) {
        return identities.identity(snapshot, row(position));
    }
}
