package shawk.cli;

import shawk.model.Names;
import shawk.model.PeerNames;
import shawk.model.Place;
import shawk.model.Protocol;
import shawk.model.SafeText;

/**
 * Names, and who is asked about other ends.
 *
 * @param others all other names
 * @param peers who is asked
 */
record PeeredNames(Names others, PeerNames peers) implements Names {
    @Override
    public SafeText user(long uid) {
        return others.user(uid);
    }

    @Override
    public SafeText service(Protocol protocol, int port) {
        return others.service(protocol, port);
    }

    @Override
    public boolean hasPlaces() {
        return others.hasPlaces();
    }

    @Override
    public Place place(long high, long low) {
        return others.place(high, low);
    }
}
