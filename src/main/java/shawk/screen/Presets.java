package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.GroupByParser;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;

/** Chains of grouping fields: those to choose from, and those that are typed. */
final class Presets {
    /** Offered by the dialog, in this order; the empty one is single connections. */
    static final List<List<KeyField>> ALL = presets(
            "process,peer,port",
            "process,port,peer",
            "port,process,peer",
            "peer,process,port",
            "dir,process,port",
            "user,process,peer",
            "netns,process,peer",
            "state,process,port",
            "verdict,process,peer",
            "");

    /** The same for what has ended, which has neither state nor verdict. */
    private static final List<List<KeyField>> OF_CLOSED = presets(
            "process,peer,port",
            "reason,process,peer",
            "reason,peer,port",
            "peer,process,port",
            "port,process,peer",
            "port,reason,peer",
            "dir,process,port",
            "user,process,peer",
            "netns,process,peer",
            "");

    private Presets() {}

    /** Those for the rows of a view. */
    static List<List<KeyField>> of(View view) {
        return view == View.CLOSED ? OF_CLOSED : ALL;
    }

    private static List<List<KeyField>> presets(String... chains) {
        List<List<KeyField>> all = new ArrayList<>();
        for (String chain : chains) {
            Chain parsed = parse(chain);
            if (parsed.error() == null) {
                all.add(parsed.fields());
            }
        }
        return List.copyOf(all);
    }

    /**
     * What a typed chain means.
     *
     * @param error what is wrong with it, null = nothing
     */
    record Chain(List<KeyField> fields, @Nullable String error) {}

    /** Reads names between commas, blanks or {@code >}; nothing at all, or {@code none}, is the empty chain. */
    static Chain parse(String text) {
        if (text.isBlank()) {
            return new Chain(List.of(), null);
        }
        try {
            return new Chain(GroupByParser.parse(text.strip().replaceAll("[\\s,>\u203a]+", ",")), null);
        } catch (ExprException e) {
            return new Chain(List.of(), e.getMessage());
        }
    }

    /** The names that the last, unfinished name of {@code text} may become. */
    static List<String> completions(String text) {
        String begun = lastName(text);
        List<String> names = new ArrayList<>();
        for (Field field : Fields.ALL) {
            if (field.groupable() && field.id().startsWith(begun)) {
                names.add(field.id());
            }
        }
        return names;
    }

    /** {@code text} with its last name completed as far as it is certain. */
    static String complete(String text) {
        List<String> names = completions(text);
        if (names.isEmpty()) {
            return text;
        }
        String common = names.get(0);
        for (String name : names) {
            while (!name.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return text.substring(0, text.length() - lastName(text).length()) + common;
    }

    private static String lastName(String text) {
        int at = text.length();
        while (at > 0 && ", >\u203a".indexOf(text.charAt(at - 1)) < 0) {
            at--;
        }
        return text.substring(at);
    }

    /** The names of a chain with {@code separator} between them. */
    static String names(List<KeyField> chain, String separator) {
        if (chain.isEmpty()) {
            return "none";
        }
        List<String> ids = new ArrayList<>();
        for (KeyField field : chain) {
            ids.add(field.id());
        }
        return String.join(separator, ids);
    }
}
