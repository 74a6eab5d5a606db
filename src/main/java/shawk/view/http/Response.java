package shawk.view.http;

import java.nio.charset.StandardCharsets;

/**
 * What a request is answered with. The body is shared by all who ask for the same, and never changed. Nothing of the
 * request is ever in it. Immutable.
 *
 * @param type its media type
 * @param extra further lines of the head, each with its end; empty = none
 */
record Response(int status, String type, String extra, byte[] body) {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";

    /** On every answer: nothing is guessed, kept, framed or sent on, and the page takes everything from here. */
    private static final String GUARDS = """
            Cache-Control: no-store\r
            Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
            connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r
            Cross-Origin-Opener-Policy: same-origin\r
            Cross-Origin-Resource-Policy: same-origin\r
            Referrer-Policy: no-referrer\r
            X-Content-Type-Options: nosniff\r
            X-Frame-Options: DENY\r
            """;

    static Response ok(String type, String body) {
        return new Response(200, type, "", body.getBytes(StandardCharsets.UTF_8));
    }

    /** A line of text with a reason. */
    static Response refused(int status, String line) {
        return refused(status, line, "");
    }

    static Response refused(int status, String line, String extra) {
        return new Response(status, TEXT, extra, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** That of a head that is none. */
    static Response bad(int status) {
        return refused(status, reason(status));
    }

    /** Its head as bytes. */
    byte[] head(boolean keepAlive) {
        String head = "HTTP/1.1 " + status + " " + reason(status) + "\r\n"
                + "Content-Type: " + type + "\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: " + (keepAlive ? "keep-alive" : "close") + "\r\n"
                + GUARDS + extra + "\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 421 -> "Misdirected Request";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Refused";
        };
    }
}
