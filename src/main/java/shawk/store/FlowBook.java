package shawk.store;

/** Finds the flow of a key, or makes it within the bound, and the element that it counts into. Used by one thread. */
final class FlowBook {
    /** Flows without addresses that there is room for beyond the bound, as long as they say whose they are. */
    private static final int SPARE = 1_024;

    private final Cast cast;
    private final Spaces spaces;
    private final Flows flows;
    private final Addresses addresses;
    private final Clock clock;
    private final int bound;

    FlowBook(Cast cast, Spaces spaces, Flows flows, Addresses addresses, Clock clock, int bound) {
        this.cast = cast;
        this.spaces = spaces;
        this.flows = flows;
        this.addresses = addresses;
        this.clock = clock;
        this.bound = bound;
    }

    /** The flow of the key, if it has a chunk. */
    int open(FlowKey key) {
        int flow = variant(flows.find(key));
        return flow == Flows.NONE || flows.chunk[flow] == Flows.NO_CHUNK ? Flows.NONE : flow;
    }

    /** The flow of the key, made where there is none; {@code isTranslated}: its row says what it is translated to. */
    int flow(FlowKey key, boolean isTranslated) {
        int found = flows.find(key);
        if (found == Flows.NONE) {
            found = make(key);
        }
        return isTranslated ? found : variant(found);
    }

    /** Where all that is translated goes one way, so does what is not known to be. */
    private int variant(int flow) {
        return flow != Flows.NONE && flows.variant[flow] >= 0 ? flows.variant[flow] : flow;
    }

    private int make(FlowKey key) {
        if (flows.size() >= bound) {
            key.forgetEnds();
            if (flows.size() >= bound + SPARE) {
                key.process = Cast.NOBODY;
                key.space = Spaces.OWN;
            }
            int found = flows.find(key);
            if (found != Flows.NONE) {
                return found;
            }
        }
        boolean held = cast.isHeld(key.process);
        int flow = flows.add(key, clock.micros(), held);
        link(flow, key);
        if (!held) {
            noteAddress(key);
        }
        return flow;
    }

    /** Notes in the flow of the same ends without translation that there is this one. */
    private void link(int flow, FlowKey key) {
        int translation = key.translation;
        if (translation == Translated.NONE) {
            return;
        }
        key.translation = Translated.NONE;
        int found = flows.find(key);
        int base = found != Flows.NONE ? found : flows.add(key, clock.micros(), flows.held[flow]);
        key.translation = translation;
        flows.base[flow] = base;
        int known = flows.variant[base];
        flows.variant[base] = known == Flows.NONE || known == flow ? flow : Flows.SEVERAL;
    }

    /** Notes the own address of a flow. */
    void noteAddress(FlowKey of) {
        addresses.add(spaces.text(of.space, cast.identity(of.process).container()), of.lHigh, of.lLow);
    }

    /** The element that the flow counts into now. */
    int touch(int flow) {
        flows.last[flow] = clock.micros();
        if (flows.chunk[flow] == Flows.NO_CHUNK) {
            flows.open(flow, clock.chunk(), clock.run());
        }
        return flows.element(flow, clock.minute());
    }

    /**
     * What a flow was held back for is known: it is that of {@code key} from now on, together with what that has
     * already.
     */
    void rename(int flow, FlowKey key) {
        int same = flows.find(key);
        boolean opened = flows.chunk[flow] != Flows.NO_CHUNK;
        if (same == Flows.NONE) {
            flows.rename(flow, key);
            flows.held[flow] = false;
            if (opened) {
                flows.chunk[flow] = clock.chunk();
                flows.run[flow] = clock.run();
                flows.minutes.minute[flows.head[flow]] = (byte) clock.minute();
            }
            link(flow, key);
            noteAddress(key);
            return;
        }
        if (opened) {
            int element = touch(same);
            flows.minutes.merge(flows.head[flow], element);
            flows.closed[same] += flows.closed[flow];
            flows.proofs.merge(flow, same);
            flows.changed[same] = true;
            flows.close(flow);
        }
        flows.first[same] = Math.min(flows.first[same], flows.first[flow]);
        flows.remove(flow);
    }
}
