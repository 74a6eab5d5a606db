package shawk.zk.proto;

/**
 * Passes over the snapshot that a leader sends, up to its end, a text. Names and data of nodes may hold that text too:
 * so it follows the structure (sessions, lists of rights, nodes up to the one called {@code /}), and looks for the text
 * alone only where the structure is another one. Keeps no bytes. Used by one thread.
 */
final class SnapshotSkipper {
    /** What is behind a snapshot. */
    private static final byte[] SIGNATURE = {0, 0, 0, 10, 'B', 'e', 'n', 'W', 'a', 's', 'H', 'e', 'r', 'e'};

    /** Bytes of a session: id and time-out. */
    private static final int SESSION = 12;

    /** Behind a node's data: number of its list of rights, its {@code StatPersisted}. */
    private static final int NODE = 8 + 60;

    private static final int LONGEST = 1 << 30;

    private enum Step {
        SESSIONS,
        ACL_LISTS,
        ACL_LIST,
        PERMS,
        SCHEME,
        ID,
        PATH,
        DATA,
        SIGNED,
        /** The structure is unknown: only the signature is looked for. */
        LOST,
        DONE
    }

    private Step step = Step.SESSIONS;

    /** Bytes to be passed over before {@link #step}. */
    private long pass;

    private int lists;
    private int rights;

    /** All bytes passed over, with the signature. */
    private long size;

    long size() {
        return size;
    }

    boolean isDone() {
        return step == Step.DONE;
    }

    /** Goes on as far as the bytes allow; where it stopped, at most a dozen bytes before {@code to}. */
    int take(byte[] bytes, int from, int to) {
        int at = from;
        while (step != Step.DONE) {
            long now = Math.min(pass, to - at);
            pass -= now;
            at += (int) now;
            if (pass > 0) {
                break;
            }
            int next = step == Step.LOST ? seek(bytes, at, to) : one(bytes, at, to);
            if (next < 0) {
                break;
            }
            at = next;
            if (step == Step.LOST && at == to) {
                break;
            }
        }
        size += at - from;
        return at;
    }

    /** One step; -1 = more bytes are needed. */
    private int one(byte[] bytes, int at, int to) {
        int need = step == Step.SIGNED ? SIGNATURE.length : step == Step.ACL_LIST ? 12 : step == Step.PATH ? 5 : 4;
        if (to - at < need) {
            return -1;
        }
        int number = Wire.int32(bytes, at);
        int next = at + 4;
        switch (step) {
            case SESSIONS -> jump(number < 0, Step.ACL_LISTS, (long) number * SESSION);
            case ACL_LISTS -> {
                lists = number;
                jump(number < 0, number == 0 ? Step.PATH : Step.ACL_LIST, 0);
            }
            case ACL_LIST -> {
                rights = Wire.int32(bytes, at + 8);
                next = at + 12;
                jump(rights < -1, rights > 0 ? Step.PERMS : nextList(), 0);
            }
            case PERMS -> jump(false, Step.SCHEME, 0);
            case SCHEME -> jump(number < -1 || number > LONGEST, Step.ID, Math.max(0, number));
            case ID -> {
                rights--;
                jump(number < -1 || number > LONGEST, rights > 0 ? Step.PERMS : nextList(), Math.max(0, number));
            }
            case PATH -> {
                boolean last = number == 1 && bytes[at + 4] == '/';
                jump(number < 0 || number > LONGEST, last ? Step.SIGNED : Step.DATA, number);
            }
            case DATA -> jump(number < -1 || number > LONGEST, Step.PATH, (long) Math.max(0, number) + NODE);
            case SIGNED -> {
                boolean signed = matches(bytes, at, to);
                step = signed ? Step.DONE : Step.LOST;
                next = signed ? at + SIGNATURE.length : at;
            }
            case LOST, DONE -> throw new AssertionError(step);
        }
        return step == Step.LOST ? at : next;
    }

    private Step nextList() {
        lists--;
        return lists > 0 ? Step.ACL_LIST : Step.PATH;
    }

    private void jump(boolean wrong, Step next, long bytes) {
        step = wrong ? Step.LOST : next;
        pass = wrong ? 0 : bytes;
    }

    /** The signature wherever it is. */
    private int seek(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (matches(bytes, at, to)) {
                if (to - at < SIGNATURE.length) {
                    return at == from ? -1 : at;
                }
                step = Step.DONE;
                return at + SIGNATURE.length;
            }
        }
        return to;
    }

    /** Whether the signature begins there, as far as bytes are there. */
    private static boolean matches(byte[] bytes, int at, int to) {
        int length = Math.min(SIGNATURE.length, to - at);
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != SIGNATURE[i]) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of the signature if it begins there as a whole, else 0. */
    static int signature(byte[] bytes, int at, int to) {
        return to - at >= SIGNATURE.length && matches(bytes, at, to) ? SIGNATURE.length : 0;
    }
}
