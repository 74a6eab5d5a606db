package shawk.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.PeerFields;
import shawk.view.shell.Suggestion;

/** What may come next at the prompt: commands, options, fields, their values, files. Used by one thread. */
final class ShellCompletion {
    private static final int FILES_MAX = 1000;
    private static final Set<String> OPERATORS = Set.of("=", "==", "!=", "<", "<=", ">", ">=", "~", "!~", "in");
    private static final List<String> BETWEEN = List.of("and", "or", "in", "not");
    private static final Pattern HALF = Pattern.compile("(?s)(.*[\\s(]|)([A-Za-z_]+)\\s*(=|==|!=)\\s*(\"?)([^\\s\"]*)");
    private static final Pattern PLAIN = Pattern.compile("[^\\s()=<>~!&|,\"'\\\\]+");
    private static final String REPLAY = "replay:";

    private static final List<String> WORDS = List.of(
            "select", "from", "where", "join", "on", "group by", "order by", "limit", "explain", "count(*)", "and");

    private static final String TABLES =
            "select relname from pg_catalog.pg_class where relnamespace = 'shawk'::regnamespace"
                    + " and relkind in ('r', 'p', 'v') and not relispartition order by 1";

    private static final String HOSTS = "select distinct name from shawk.host order by 1";

    private static final String PROCESSES = "select distinct name from shawk.process where name <> '' order by 1";

    private static final List<String> FIELDS =
            Fields.ALL.stream().map(Field::id).toList();

    private final LiveValues live;
    private final ShellCmdb cmdb;

    ShellCompletion(LiveValues live, ShellCmdb cmdb) {
        this.live = live;
        this.cmdb = cmdb;
    }

    /** See {@link shawk.view.shell.Interpreter#complete}. */
    List<Suggestion> complete(List<String> words) {
        String word = words.get(words.size() - 1);
        if (words.size() == 1) {
            return words(ShellVerb.ids(), word);
        }
        ShellVerb verb = ShellVerb.find(words.get(0));
        if (verb == null) {
            return List.of();
        }
        return switch (verb) {
            case HELP -> words.size() == 2 ? words(ShellVerb.ids(), word) : List.of();
            case FORMAT -> words.size() == 2 ? words(ShellSession.formats(), word) : List.of();
            case FILTER -> expression(FIELDS, words.subList(1, words.size()), words.size() == 2);
            case DUMP, CONNECTIONS, LOOK -> options(verb.command(), words);
            case SQL -> sql(word);
            case HOSTS, HISTORY, EXIT -> List.of();
        };
    }

    /** Tables once the CMDB is open: a key does not wait for a connection. */
    private List<Suggestion> sql(String word) {
        List<String> all = new ArrayList<>(WORDS);
        all.addAll(cmdb.names(TABLES));
        return words(all, word);
    }

    private static List<Suggestion> words(List<String> all, String word) {
        return all.stream()
                .filter(each -> each.startsWith(word))
                .map(Suggestion::word)
                .toList();
    }

    private List<Suggestion> options(@Nullable Command command, List<String> words) {
        String word = words.get(words.size() - 1);
        if (command == null) {
            return List.of();
        }
        int equals = word.indexOf('=');
        if (word.startsWith("--") && equals > 0) {
            Opt option = Opt.find(command, word.substring(0, equals));
            return option == null
                    ? List.of()
                    : values(option, word.substring(equals + 1), word.substring(0, equals + 1));
        }
        Opt before = Opt.find(command, words.get(words.size() - 2));
        if (before != null && before.takesValue() && !before.valueOptional()) {
            return values(before, word, "");
        }
        List<String> names = new ArrayList<>();
        for (Opt option : Opt.of(command)) {
            if (!option.aboutProgram() || option == Opt.HELP) {
                names.add(option.longName());
                names.add(option.shortName());
            }
        }
        names.remove("");
        return word.startsWith("-") || word.isEmpty()
                ? words(names.stream().filter(name -> !name.isEmpty()).toList(), word)
                : List.of();
    }

    /** {@code before} stands before the value in the same word. */
    private List<Suggestion> values(Opt option, String typed, String before) {
        String[] kind = Completion.values(option, false).split(" ");
        List<String> words = Arrays.asList(kind).subList(1, kind.length);
        if (option == Opt.HOST || option == Opt.PROCESS) {
            return joined(cmdb.names(option == Opt.HOST ? HOSTS : PROCESSES), typed, before, true);
        }
        return switch (kind[0]) {
            case "words", "netns" -> joined(words, typed, before, true);
            case "list", "fields" -> list(words, typed, before);
            case "sort" -> joined(words, typed, before, true);
            case "expr" -> inWord(words, typed, before);
            case "files" -> files(typed, before);
            case "replay" ->
                typed.startsWith(REPLAY)
                        ? files(typed.substring(REPLAY.length()), before + REPLAY)
                        : replay(words, typed, before);
            default -> List.of();
        };
    }

    private static List<Suggestion> joined(List<String> all, String typed, String before, boolean whole) {
        return all.stream()
                .filter(each -> each.startsWith(typed))
                .map(each -> new Suggestion(before + each, each, whole))
                .toList();
    }

    private static List<Suggestion> replay(List<String> words, String typed, String before) {
        List<Suggestion> all = new ArrayList<>(joined(words, typed, before, true));
        all.addAll(joined(List.of(REPLAY), typed, before, false));
        return all;
    }

    /** The last one of those with commas between them, which may begin with a sign. */
    private static List<Suggestion> list(List<String> all, String typed, String before) {
        int begin = typed.lastIndexOf(',') + 1;
        if (begin < typed.length() && (typed.charAt(begin) == '+' || typed.charAt(begin) == '-')) {
            begin++;
        }
        return joined(all, typed.substring(begin), before + typed.substring(0, begin), false);
    }

    /** An expression that is one word, in quotes: its own last word. */
    private List<Suggestion> inWord(List<String> fields, String typed, String before) {
        int begin = typed.length();
        while (begin > 0 && !Character.isWhitespace(typed.charAt(begin - 1)) && typed.charAt(begin - 1) != '(') {
            begin--;
        }
        List<String> words =
                new ArrayList<>(List.of(typed.substring(0, begin).trim().split("\\s+")));
        words.removeIf(String::isEmpty);
        words.add(typed.substring(begin));
        String front = before + typed.substring(0, begin);
        List<Suggestion> all = new ArrayList<>();
        for (Suggestion each : expression(fields, words, false)) {
            all.add(new Suggestion(front + each.value(), each.label(), false));
        }
        return all;
    }

    /** What may stand where the last of the words stands. */
    private List<Suggestion> expression(List<String> fields, List<String> words, boolean first) {
        String word = words.get(words.size() - 1);
        Matcher half = HALF.matcher(word);
        if (half.matches()) {
            String before = half.group(1) + half.group(2) + half.group(3);
            return valuesOf(half.group(2), half.group(5), before);
        }
        int last = words.size() - 2;
        if (last >= 1 && OPERATORS.contains(words.get(last))) {
            return valuesOf(words.get(last - 1).replace("(", ""), word, "");
        }
        boolean value = last >= 0 && fields.contains(words.get(last).replace("(", ""));
        if (value) {
            return words(OPERATORS.stream().sorted().toList(), word);
        }
        List<String> all = new ArrayList<>(fields);
        all.addAll(BETWEEN);
        if (first) {
            all.add("off");
        }
        int begin = word.startsWith("(") ? 1 : 0;
        return joined(all, word.substring(begin), word.substring(0, begin), true);
    }

    private List<Suggestion> valuesOf(String name, String typed, String before) {
        Field field = Fields.find(name);
        if (!(field instanceof KeyField key)) {
            return List.of();
        }
        Function<String, String> quoted =
                value -> PLAIN.matcher(value).matches() ? value : '"' + value.replace("\\", "\\\\") + '"';
        return known(key).stream()
                .filter(each -> each.startsWith(typed))
                .map(each -> new Suggestion(before + quoted.apply(each), each, true))
                .toList();
    }

    /** The values that there are now, and of processes and hosts elsewhere those of the CMDB, once it is open. */
    private List<String> known(KeyField key) {
        Set<String> all = new TreeSet<>(live.of(key));
        if (key.equals(PeerFields.PEER_HOST)) {
            all.addAll(cmdb.names(HOSTS));
        } else if (key.equals(PeerFields.PEER_PROCESS)) {
            all.addAll(cmdb.names(PROCESSES));
        }
        return List.copyOf(all);
    }

    private static List<Suggestion> files(String typed, String before) {
        int slash = typed.lastIndexOf('/') + 1;
        String folder = typed.substring(0, slash);
        List<Suggestion> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path each : all) {
                String name = String.valueOf(each.getFileName());
                // A name that cannot be shown as it is cannot be typed either.
                if (name.startsWith(typed.substring(slash))
                        && Failure.plain(name).equals(name)
                        && found.size() < FILES_MAX) {
                    boolean deeper = Files.isDirectory(each);
                    found.add(new Suggestion(before + folder + name + (deeper ? "/" : ""), name, !deeper));
                }
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
        return found;
    }
}
