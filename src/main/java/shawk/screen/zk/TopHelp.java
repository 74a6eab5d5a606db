package shawk.screen.zk;

import java.util.ArrayList;
import java.util.List;
import shawk.screen.Pen;
import shawk.screen.Style;

/** Over everything: the keys, and what the figures mean. */
final class TopHelp {
    private static final int KEYS_WIDTH = 18;

    private static final List<String> MEANING = List.of(
            "",
            "REQ/S, TOTAL   requests and events; in the last interval, and since the counts began",
            "ERRORS         replies that say an error, and requests that were never answered",
            "OPEN           requests that wait for their reply now",
            "IN/S, OUT/S    bytes a second to the server, and from it",
            "AVG to MAX     time from a request to its reply where packets were captured",
            "lost           packets that the kernel had no room for; missing: bytes never captured",
            "undecoded      bytes in which no message was recognised: another protocol, TLS, a gap");

    private TopHelp() {}

    /** How many lines there are. */
    static int lines() {
        return TopKeys.all().size() + MEANING.size();
    }

    static void draw(Pen pen, TopState state) {
        pen.clear(0, 0, state.columns, state.rows - 1, Style.PLAIN);
        pen.line(0, Style.HEADER);
        pen.text(1, 0, state.columns - 1, "Keys", Style.HEADER);
        pen.right(8, 0, state.columns - 9, "Esc closes, arrows scroll", Style.HEADER);
        List<TopKey> keys = TopKeys.all();
        List<String[]> lines = new ArrayList<>();
        keys.forEach(each -> lines.add(new String[] {each.label(), each.what()}));
        MEANING.forEach(each -> lines.add(new String[] {"", each}));
        for (int i = 0; i < state.rows - 2 && state.help + i < lines.size(); i++) {
            String[] line = lines.get(state.help + i);
            int start = 1;
            if (!line[0].isEmpty()) {
                start += KEYS_WIDTH + 1;
                pen.text(1, i + 1, KEYS_WIDTH, line[0], Style.KEY);
            }
            pen.text(start, i + 1, state.columns - start - 1, line[1], Style.PLAIN);
        }
    }
}
