package shawk.view.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a request (RFC 9112) out of bytes of any value: strictly, since what is forgiven here another
 * reader on the way may take for something else. Stateless.
 */
final class RequestParser {
    /** Bytes of a head. */
    static final int MOST_HEAD = 8_192;

    static final int MOST_TARGET = 2_048;
    static final int MOST_HEADERS = 64;
    private static final int MOST_METHOD = 16;

    /** Those that would mean two things if they came twice. */
    private static final Set<String> ONCE =
            Set.of("host", "origin", "authorization", "content-length", "transfer-encoding", "connection");

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String VERSION = "HTTP/1.";

    private RequestParser() {}

    /** What was read. */
    sealed interface Parsed {
        /** A request, of {@code length} bytes. */
        record Complete(Request request, int length) implements Parsed {}

        /** The head goes on in bytes that are not there yet. */
        record More() implements Parsed {}

        /** No request; {@code status} is what it is answered with. */
        record Bad(int status) implements Parsed {}
    }

    private static final Parsed MORE = new Parsed.More();

    /** Of the first {@code length} bytes. */
    static Parsed parse(byte[] bytes, int length) {
        int end = end(bytes, length);
        if (end < 0) {
            boolean inTarget = lineEnd(bytes, 0, length) < 0;
            int most = inTarget ? MOST_TARGET + MOST_METHOD + VERSION.length() + 4 : MOST_HEAD;
            return length < most ? MORE : new Parsed.Bad(inTarget ? 414 : 431);
        }
        if (end > MOST_HEAD) {
            return new Parsed.Bad(431);
        }
        try {
            return new Parsed.Complete(head(bytes, end), end);
        } catch (Refusal e) {
            return new Parsed.Bad(e.status);
        }
    }

    /** Behind the empty line; -1 = it is not there yet. */
    private static int end(byte[] bytes, int length) {
        for (int i = 0; i + 3 < length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private static int lineEnd(byte[] bytes, int from, int length) {
        for (int i = from; i + 1 < length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static Request head(byte[] bytes, int end) throws Refusal {
        int lineEnd = lineEnd(bytes, 0, end);
        String[] words = text(bytes, 0, lineEnd).split(" ", -1);
        if (words.length != 3 || !isToken(words[0]) || words[0].length() > MOST_METHOD) {
            throw new Refusal(400);
        }
        String version = words[2];
        if (!version.startsWith(VERSION)) {
            throw new Refusal(version.startsWith("HTTP/") ? 505 : 400);
        }
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new Refusal(505);
        }
        String target = words[1];
        if (target.length() > MOST_TARGET) {
            throw new Refusal(414);
        }
        int question = target.indexOf('?');
        String query = question < 0 ? "" : target.substring(question + 1);
        String path = decoded(question < 0 ? target : target.substring(0, question));
        if (!target.startsWith("/") || !isVisible(target) || path == null || decoded(query) == null) {
            throw new Refusal(400);
        }
        int minor = version.charAt(VERSION.length()) - '0';
        Request request = new Request(words[0], path, query, minor, headers(bytes, lineEnd + 2, end - 2));
        for (String name : ONCE) {
            if (request.count(name) > 1) {
                throw new Refusal(400);
            }
        }
        return request;
    }

    private static List<Request.Header> headers(byte[] bytes, int from, int end) throws Refusal {
        List<Request.Header> headers = new ArrayList<>();
        for (int at = from; at < end; ) {
            int lineEnd = lineEnd(bytes, at, end);
            int colon = at;
            while (colon < lineEnd && bytes[colon] != ':') {
                colon++;
            }
            String name = text(bytes, at, colon);
            String value = colon < lineEnd ? text(bytes, colon + 1, lineEnd).strip() : "";
            if (colon == lineEnd || !isToken(name) || hasControl(value)) {
                throw new Refusal(400);
            }
            headers.add(new Request.Header(name.toLowerCase(Locale.ROOT), value));
            if (headers.size() > MOST_HEADERS) {
                throw new Refusal(431);
            }
            at = lineEnd + 2;
        }
        return headers;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static boolean isVisible(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < 0x20 && c != '\t' || c == 0x7f);
    }

    /** Without percent signs; null where they are followed by anything else than two digits, or it is no UTF-8. */
    static @Nullable String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                boolean two = i + 2 < text.length();
                int high = two ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = two ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** No request, without a trace of calls that nobody reads. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        final int status;

        Refusal(int status) {
            super(null, null, false, false);
            this.status = status;
        }
    }
}
