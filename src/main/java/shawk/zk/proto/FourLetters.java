package shawk.zk.proto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A four-letter word and its answer: all that the server sends until it closes the connection, told at the end. Any
 * four small letters are a word, whether the server knows them or not. Used by one thread.
 */
final class FourLetters {
    /** Bytes of a word. */
    static final int LENGTH = 4;

    /** Bytes behind a word that belong to it: the mask of {@code stmk}, or the end of a line. */
    private static final int MOST_MORE = 8;

    private static final int FIRST_ROOM = 512;

    /** What telnet sends when it is interrupted; ZooKeeper counts it among the words. */
    private static final int TELNET = 0xfff4fffd;

    static final String TELNET_CLOSE = "telnetClose";

    private static final String[] WORDS = {
        "conf", "cons", "crst", "dirs", "dump", "envi", "gtmk", "hash", "isro", "mntr", "ruok", "srst", "srvr", "stat",
        "stmk", "wchc", "wchp", "wchs",
    };

    private final ClientConversation conversation;
    private final ClientConversations shared;
    private final String word;
    private @Nullable Message request;
    private byte[] answer = new byte[0];
    private int kept;
    private long size;
    private long lastMicros;
    private int left = LENGTH;
    private int more;
    private boolean gap;

    FourLetters(ClientConversation conversation, ClientConversations shared, byte[] bytes, int from, long micros) {
        this.conversation = conversation;
        this.shared = shared;
        word = word(bytes, from);
        Message message = conversation.message(Kind.FOUR_LETTER, true, bytes, from, from + LENGTH, micros);
        message.op = word;
        conversation.tell(message);
        request = shared.pool().copy(message, LENGTH);
    }

    /** Those that servers know. */
    static List<String> words() {
        return List.of(WORDS);
    }

    /** Whether a word begins there, as far as there are bytes. */
    static boolean mayBegin(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + LENGTH);
        boolean letters = true;
        boolean telnet = true;
        for (int i = from; i < end; i++) {
            letters &= bytes[i] >= 'a' && bytes[i] <= 'z';
            telnet &= bytes[i] == (byte) (TELNET >>> 24 - (i - from) * 8);
        }
        return letters || telnet;
    }

    /** Whether bytes are text where the length of a message would stand: an answer, captured in front of its word. */
    static boolean mayAnswer(byte[] bytes, int from, int to) {
        return from < to && bytes[from] > ' ';
    }

    private static String word(byte[] bytes, int from) {
        int number = Wire.int32(bytes, from);
        if (number == TELNET) {
            return TELNET_CLOSE;
        }
        for (String known : WORDS) {
            if ((known.charAt(0) << 24 | known.charAt(1) << 16 | known.charAt(2) << 8 | known.charAt(3)) == number) {
                return known;
            }
        }
        return new String(bytes, from, LENGTH, StandardCharsets.ISO_8859_1);
    }

    /** As of {@link shawk.tcp.Conversation#take}, but says where it is done. */
    int take(boolean toServer, byte[] bytes, int from, int to, long micros) {
        if (!toServer) {
            append(bytes, from, to, micros);
            return to;
        }
        int letters = Math.min(left, to - from);
        left -= letters;
        conversation.ledger().decoded += letters;
        for (int i = from + letters; i < to; i++) {
            boolean belongs = more < MOST_MORE && (word.equals("stmk") || bytes[i] == '\n' || bytes[i] == '\r');
            more += belongs ? 1 : 0;
            conversation.ledger().decoded += belongs ? 1 : 0;
            conversation.ledger().ignored += belongs ? 0 : 1;
        }
        return to;
    }

    private void append(byte[] bytes, int from, int to, long micros) {
        conversation.ledger().decoded += to - from;
        lastMicros = micros;
        int most = shared.limits().keep();
        int length = size == kept ? Math.min(to - from, most - kept) : 0;
        size += to - from;
        if (length > answer.length - kept) {
            int room = Math.min(most, Math.max(kept + length, Math.max(FIRST_ROOM, answer.length * 2)));
            if (!shared.pool().reserve(room - answer.length)) {
                return;
            }
            answer = Arrays.copyOf(answer, room);
        }
        System.arraycopy(bytes, from, answer, kept, length);
        kept += length;
    }

    void gap(boolean toServer) {
        gap |= !toServer;
    }

    /** No more comes: the answer is told, or that there is none. */
    void end(MessageSink.Unanswered why, long micros) {
        Message asked = request;
        if (asked == null) {
            return;
        }
        request = null;
        if (size == 0) {
            shared.sink().unanswered(asked, gap ? MessageSink.Unanswered.GAP : why, micros);
        } else {
            tell(asked, micros);
        }
        shared.pool().release(asked);
        shared.pool().giveBack(answer.length);
    }

    private void tell(Message asked, long micros) {
        if (gap) {
            conversation.note(false, "bytes of the answer to " + word + " are missing", micros);
        }
        Message message = conversation.message(Kind.FOUR_LETTER, false, answer, 0, kept, lastMicros);
        message.op = word;
        message.size = size;
        message.request = asked;
        message.latencyMicros = Math.max(0, lastMicros - asked.micros);
        conversation.tell(message);
    }
}
