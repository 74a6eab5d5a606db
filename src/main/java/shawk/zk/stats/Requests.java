package shawk.zk.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import shawk.zk.proto.Credentials;
import shawk.zk.proto.Message;

/**
 * What keys need to know of a request and its header does not say: whether a watch is left, who logs in. Every length
 * is checked; what is not there counts as no. Stateless.
 */
final class Requests {
    /** Of an authentication that says no more. */
    private static final byte[] NOBODY = ":***".getBytes(StandardCharsets.US_ASCII);

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int MULTI_HEADER = 9;
    private static final int ERROR_RESULT = -1;
    /** RuntimeInconsistency. */
    private static final int NOT_TO_BLAME = -2;

    private Requests() {}

    /** The 32 bits at {@code at} of the message's bytes, or {@code absent} where it has not as many. */
    static int word(Message message, int at, int absent) {
        return at < message.from || at > message.to - Integer.BYTES ? absent : (int) INT.get(message.bytes, at);
    }

    /** Whether a request that reads leaves a watch behind. */
    static boolean leavesWatch(Message request) {
        return switch (request.op) {
            case "exists", "getData", "getChildren", "getChildren2" -> {
                int at = request.pathFrom + request.pathLength;
                yield request.pathFrom >= 0 && at < request.to && request.bytes[at] != 0;
            }
            case "setWatches", "setWatches2", "addWatch" -> true;
            default -> false;
        };
    }

    /** Where the path of a multi's first operation begins in its bytes; -1 = it has none. */
    static int firstPath(Message multi) {
        int at = multi.bodyFrom + MULTI_HEADER;
        int length = word(multi, at, -1);
        boolean operation = word(multi, multi.bodyFrom, -1) > 0;
        return operation && length > 0 && length <= multi.to - at - Integer.BYTES ? at + Integer.BYTES : -1;
    }

    /**
     * Why a multi failed, whose header says that it did not: of its results those before the one to blame have no
     * error, those behind it one that says no more than that.
     */
    static int multiError(Message reply) {
        int error = Aggregator.OTHER_ERROR;
        int at = reply.bodyFrom;
        while (word(reply, at, 0) == ERROR_RESULT && at + MULTI_HEADER <= reply.to) {
            int found = word(reply, at + MULTI_HEADER, 0);
            if (found != 0 && found != NOT_TO_BLAME) {
                return found;
            }
            error = found == 0 ? error : found;
            at += MULTI_HEADER + Integer.BYTES;
        }
        return error;
    }

    /** Who logs in: {@code alice:***} of a digest, {@code scheme:***} where no name is said, in bytes. */
    static byte[] credential(Message auth) {
        int at = auth.bodyFrom + 2 * Integer.BYTES;
        int schemeLength = word(auth, at - Integer.BYTES, -1);
        if (schemeLength < 0 || schemeLength > auth.to - at) {
            return NOBODY;
        }
        String scheme = new String(auth.bytes, at, schemeLength, StandardCharsets.ISO_8859_1);
        int secret = at + schemeLength + Integer.BYTES;
        int secretLength = word(auth, secret - Integer.BYTES, -1);
        if (!Credentials.isNamed(scheme) || secretLength < 0 || secretLength > auth.to - secret) {
            return masked(auth.bytes, at, at + schemeLength);
        }
        int shown = Credentials.shown(scheme, auth.bytes, secret, secretLength);
        // Without a colon nobody can tell what of it is a name.
        return shown == 0 ? NOBODY : masked(auth.bytes, secret, secret + shown - 1);
    }

    private static byte[] masked(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, Limits.NAME_BYTES);
        byte[] name = Arrays.copyOf(Arrays.copyOfRange(bytes, from, from + length), length + NOBODY.length);
        System.arraycopy(NOBODY, 0, name, length, NOBODY.length);
        return name;
    }
}
