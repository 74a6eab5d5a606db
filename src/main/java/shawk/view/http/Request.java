package shawk.view.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Head of a request. Immutable.
 *
 * @param method as it was sent
 * @param path decoded; never to be sent back
 * @param query its part behind the question mark, as it was sent; empty = none
 * @param minor of the version, HTTP/1.x
 * @param headers in their order, names in lower case
 */
record Request(String method, String path, String query, int minor, List<Header> headers) {
    /** A line of the head. */
    record Header(String name, String value) {}

    /** The value of a header that comes once at most; null = it is not there. */
    @Nullable
    String header(String name) {
        for (Header header : headers) {
            if (header.name.equals(name)) {
                return header.value;
            }
        }
        return null;
    }

    int count(String name) {
        return (int) headers.stream().filter(header -> header.name.equals(name)).count();
    }

    /** The decoded value of a parameter, the first one of that name; null = it is not there, or is no text. */
    @Nullable
    String parameter(String name) {
        for (String part : query.split("&", -1)) {
            int sign = part.indexOf('=');
            if (sign >= 0 && part.substring(0, sign).equals(name)) {
                return RequestParser.decoded(part.substring(sign + 1));
            }
        }
        return null;
    }

    /** Whether the client wants to ask more on the same connection. */
    boolean keepsAlive() {
        String wish = header("connection");
        String word = wish == null ? "" : wish.toLowerCase(Locale.ROOT);
        return minor == 1 ? !word.contains("close") : word.contains("keep-alive");
    }

    /** Whether something follows the head. */
    boolean hasBody() {
        String length = header("content-length");
        return header("transfer-encoding") != null || length != null && !length.equals("0");
    }
}
