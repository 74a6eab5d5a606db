package shawk.flow;

import java.util.Arrays;
import shawk.model.Names;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.model.SocketRecord;
import shawk.model.SocketTable;
import shawk.model.TextDictionary;

/**
 * Numbers of texts, the same from sample to sample until the dictionary holds so much that nobody uses any more that it
 * is begun anew: then {@link #epoch()} changes and every number kept elsewhere is void. Used by one thread.
 */
final class Texts {
    private static final int CONGS = 32;
    private static final int USERS = 64;
    private static final int UNASKED = -2;

    private final Names names;
    private final int[] services = new int[2 << 16];
    private final long[] uids = new long[USERS];
    private final long[] userNumbers = new long[USERS];
    private final long[] congHigh = new long[CONGS];
    private final long[] congLow = new long[CONGS];
    private final int[] congNumbers = new int[CONGS];
    private int congs;
    private final long seed;
    private TextDictionary.Builder builder;
    private TextDictionary built = TextDictionary.EMPTY;
    private int epoch = 1;

    Texts(Names names, long seed) {
        this.names = names;
        this.seed = seed;
        this.builder = new TextDictionary.Builder(seed);
        Arrays.fill(services, UNASKED);
        Arrays.fill(uids, UNASKED);
    }

    int epoch() {
        return epoch;
    }

    int number(SafeText text) {
        return builder.number(text);
    }

    int size() {
        return builder.size();
    }

    /** Drops every text. */
    void restart() {
        epoch++;
        builder = new TextDictionary.Builder(seed);
        built = TextDictionary.EMPTY;
        congs = 0;
        Arrays.fill(uids, UNASKED);
        Arrays.fill(services, UNASKED);
    }

    /** Number of the service's name, absent where it has none. */
    long service(Protocol protocol, int port) {
        Protocol listed = protocol == Protocol.MPTCP ? Protocol.TCP : protocol;
        int at = listed.ordinal() << 16 | port;
        if (services[at] == UNASKED) {
            SafeText name = names.service(listed, port);
            services[at] = name.isEmpty() ? -1 : number(name);
        }
        return services[at] < 0 ? SocketTable.ABSENT : services[at];
    }

    /** The text of a number; empty where it is absent. */
    SafeText text(long number) {
        return number == SocketTable.ABSENT ? SafeText.EMPTY : build().text(number);
    }

    SafeText user(long uid) {
        return names.user(uid);
    }

    /** Number of the user's name, absent where it has none. */
    long userNumber(long uid) {
        int at = (int) (uid & USERS - 1);
        if (uids[at] != uid) {
            SafeText name = names.user(uid);
            uids[at] = uid;
            userNumbers[at] = name.isEmpty() ? SocketTable.ABSENT : number(name);
        }
        return userNumbers[at];
    }

    /** Number of the name of the record's congestion control. */
    long congestionControl(SocketRecord r) {
        long high = r.congWord(0);
        long low = r.congWord(1);
        for (int i = 0; i < congs; i++) {
            if (congHigh[i] == high && congLow[i] == low) {
                return congNumbers[i];
            }
        }
        int number = number(SafeText.of(r.cong()));
        if (congs < CONGS) {
            congHigh[congs] = high;
            congLow[congs] = low;
            congNumbers[congs++] = number;
        }
        return number;
    }

    /** The dictionary with every number given so far. */
    TextDictionary build() {
        if (built.size() != builder.size()) {
            built = builder.build();
        }
        return built;
    }
}
