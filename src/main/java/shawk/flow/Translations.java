package shawk.flow;

import java.nio.ByteBuffer;
import shawk.model.Address;
import shawk.model.HashIndex;
import shawk.model.Protocol;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.TranslationRecord;

/**
 * What conntrack translates, of one sample: for a socket the ends as its true counterpart has them. A socket is the
 * opener's where its ends are the original ones, and the answerer's where they are those of the replies; the other half
 * of the entry is then the counterpart's. The entry of the socket's own namespace comes first; those of others count
 * where they agree, since the host tracks what its containers send. Used by one thread.
 */
final class Translations {
    static final int NONE = -1;

    private static final int AF_INET = 2;

    /** Entries under the same ends that are looked at: one a namespace and zone. */
    private static final int LOOKALIKES = 16;

    private final HashIndex index = new HashIndex(64);
    private final long seed;
    private final Ends scratch = new Ends();
    private TranslationRecord r = new TranslationRecord(ByteBuffer.allocate(0));
    private boolean none = true;

    Translations(long seed) {
        this.seed = seed;
    }

    /** Takes in the entries of a sample, whose buffer is looked into until the next one. */
    void read(RawSample sample) {
        int count = sample.count(RawSection.TRANSLATIONS);
        none = count == 0;
        index.clear();
        r = new TranslationRecord(sample.buffer(RawSection.TRANSLATIONS));
        Ends own = new Ends();
        for (int half = 0; half < 2 * count; half++) {
            own(half, own);
            add(hash(own), half);
        }
    }

    private void add(int hashed, int half) {
        int alike = 0;
        for (int slot = index.first(hashed); index.id(slot) >= 0 && alike < LOOKALIKES; slot = index.next(slot)) {
            alike += index.hash(slot) == hashed ? 1 : 0;
        }
        if (alike < LOOKALIKES) {
            index.add(hashed, half);
        }
    }

    boolean isEmpty() {
        return none;
    }

    /**
     * Writes the ends of the true counterpart of a socket with {@code own} ends in namespace {@code space} into
     * {@code other}; false where nothing is translated, or namespaces disagree.
     */
    boolean find(long space, Ends own, Ends other) {
        int best = NONE;
        boolean here = false;
        boolean several = false;
        int hashed = hash(own);
        Ends found = scratch;
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int half = index.id(slot);
            if (index.hash(slot) != hashed) {
                continue;
            }
            own(half, found);
            if (!found.equalTo(own)) {
                continue;
            }
            boolean same = r.at(half >> 1).netns() == space;
            counterpart(half, found);
            if (best == NONE || same && !here) {
                best = half;
                here = same;
                several = false;
                other.take(found);
            } else if (same == here) {
                several |= !found.equalTo(other);
            }
        }
        return best != NONE && !several;
    }

    /** Half 2n: the opener's ends of entry n; 2n + 1: the answerer's. */
    private void own(int half, Ends out) {
        r.at(half >> 1);
        if ((half & 1) == 0) {
            original(out);
        } else {
            reply(out);
        }
    }

    private void counterpart(int half, Ends out) {
        own(half ^ 1, out);
    }

    private void original(Ends out) {
        begin(out);
        out.lHigh = high(r.origSrcHigh());
        out.lLow = low(r.origSrcHigh(), r.origSrcLow());
        out.rHigh = high(r.origDstHigh());
        out.rLow = low(r.origDstHigh(), r.origDstLow());
        out.ports = r.origSport() << 16 | r.origDport();
    }

    private void reply(Ends out) {
        begin(out);
        out.lHigh = high(r.replySrcHigh());
        out.lLow = low(r.replySrcHigh(), r.replySrcLow());
        out.rHigh = high(r.replyDstHigh());
        out.rLow = low(r.replyDstHigh(), r.replyDstLow());
        out.ports = r.replySport() << 16 | r.replyDport();
    }

    private void begin(Ends out) {
        out.protocol = r.protocol() == Protocol.UDP.number() ? Protocol.UDP : Protocol.TCP;
    }

    private long high(long high) {
        return r.family() == AF_INET ? 0 : high;
    }

    private long low(long high, long low) {
        return r.family() == AF_INET ? Address.lowOfV4((int) (high >>> 32)) : low;
    }

    private int hash(Ends ends) {
        long mixed = HashIndex.mix(HashIndex.mix(seed, ends.lLow), ends.rLow);
        mixed = HashIndex.mix(HashIndex.mix(mixed, ends.lHigh), ends.rHigh);
        return HashIndex.fold(HashIndex.mix(mixed, (long) ends.protocol.ordinal() << 32 | ends.ports & 0xffffffffL));
    }
}
