package shawk.expr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Address;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/**
 * A filter on what is no row of a snapshot but has some of its fields: the same language. A field that such a thing
 * does not have is refused with its position. Used by one thread.
 */
public final class RecordFilter {
    private final String source;
    private final Expr expr;
    private final Predicate<Values> test;

    private RecordFilter(String source, Expr expr, Predicate<Values> test) {
        this.source = source;
        this.expr = expr;
        this.test = test;
    }

    /** What a filter asks of a thing. */
    public interface Values {
        /** The text; null where there is none. */
        @Nullable
        SafeText text(KeyField field);

        /** A second text of the field, which counts as much as the first one; null = there is none. */
        default @Nullable SafeText alias(KeyField field) {
            return null;
        }

        /** The port, number or ordinal; {@link SocketTable#ABSENT} where there is none. */
        long number(KeyField field);

        /** The address; null where there is none. */
        @Nullable
        Address address(KeyField field);

        /** The amount; {@code NaN} where it is not known. */
        double amount(MeasureField field);
    }

    /**
     * Refuses a text that the field is compared with and never has: the filter would find nothing, and not say why.
     *
     * @param names those that the field has, for advice
     * @param may whether it may have a text
     */
    public RecordFilter check(KeyField field, Collection<String> names, Predicate<String> may) throws ExprException {
        check(expr, field, names, may);
        return this;
    }

    private static void check(Expr expr, KeyField field, Collection<String> names, Predicate<String> may)
            throws ExprException {
        for (Expr part : parts(expr)) {
            check(part, field, names, may);
        }
        if (expr instanceof Expr.TextIn in && in.field().equals(field)) {
            for (SafeText text : in.texts()) {
                if (!may.test(text.value())) {
                    throw ExprException.of(
                            "there is no " + field.id() + " " + ExprException.quoted(text.value()),
                            Nearest.advice(
                                    text.value(), names, "with " + field.id() + " ~ a part of it is looked for"));
                }
            }
        }
    }

    private static List<Expr> parts(Expr expr) {
        return expr instanceof Expr.And and
                ? and.parts()
                : expr instanceof Expr.Or or
                        ? or.parts()
                        : expr instanceof Expr.Not not ? List.of(not.part()) : List.of();
    }

    /** Whether any of {@code fields} is asked for by its name. */
    public boolean asks(Collection<? extends Field> fields) {
        return asks(expr, fields);
    }

    private static boolean asks(Expr expr, Collection<? extends Field> fields) {
        return fields.stream().anyMatch(field -> field.equals(field(expr)))
                || parts(expr).stream().anyMatch(part -> asks(part, fields));
    }

    private static @Nullable Field field(Expr expr) {
        return expr instanceof Expr.TextIn in
                ? in.field()
                : expr instanceof Expr.Matches matches
                        ? matches.field()
                        : expr instanceof Expr.OrdinalIn in
                                ? in.field()
                                : expr instanceof Expr.NumberIn in
                                        ? in.field()
                                        : expr instanceof Expr.AddressIn in
                                                ? in.field()
                                                : expr instanceof Expr.AmountIn in ? in.field() : null;
    }

    /**
     * The filter that {@code text} is.
     *
     * @param vocabulary the fields that such a thing has; those that a bare word is looked for in come by {@code words}
     * @param words texts, addresses and ports of the vocabulary that a word without a field is looked for in
     * @param what what such a thing is called, with its article: {@code an edge}
     */
    public static RecordFilter parse(String text, List<Field> vocabulary, List<KeyField> words, String what)
            throws ExprException {
        Map<String, Field> fields =
                vocabulary.stream().collect(Collectors.toUnmodifiableMap(Field::id, field -> field));
        Expr expr = FilterParser.parseExpr(text, new FieldScope(fields, what));
        return new RecordFilter(text, expr, of(expr, words));
    }

    /** Whether the thing matches. */
    public boolean matches(Values values) {
        return test.test(values);
    }

    /** The text that it was parsed from. */
    public String source() {
        return source;
    }

    private static Predicate<Values> of(Expr expr, List<KeyField> words) {
        if (expr instanceof Expr.And and) {
            List<Predicate<Values>> parts = all(and.parts(), words);
            return values -> parts.stream().allMatch(part -> part.test(values));
        } else if (expr instanceof Expr.Or or) {
            List<Predicate<Values>> parts = all(or.parts(), words);
            return values -> parts.stream().anyMatch(part -> part.test(values));
        } else if (expr instanceof Expr.Not not) {
            return of(not.part(), words).negate();
        } else if (expr instanceof Expr.TextIn in) {
            return values -> {
                SafeText text = values.text(in.field());
                SafeText alias = values.alias(in.field());
                return text != null && in.texts().contains(text)
                        || alias != null && in.texts().contains(alias);
            };
        } else if (expr instanceof Expr.Matches matches) {
            return matches((KeyField) matches.field(), new Regex.Search(matches.regex()));
        } else if (expr instanceof Expr.OrdinalIn in) {
            return values -> {
                long ordinal = values.number(in.field());
                return ordinal != SocketTable.ABSENT && (in.ordinals() >>> ordinal & 1) != 0;
            };
        } else if (expr instanceof Expr.NumberIn in) {
            return values -> {
                long number = values.number(in.field());
                return number != SocketTable.ABSENT && in.ranges().stream().anyMatch(range -> range.contains(number));
            };
        } else if (expr instanceof Expr.AddressIn in) {
            return values -> {
                Address address = values.address(in.field());
                return address != null
                        && in.networks().stream().anyMatch(network -> network.contains(address.high(), address.low()));
            };
        } else if (expr instanceof Expr.AmountIn in) {
            return values -> {
                double amount = values.amount(in.field());
                return in.ranges().stream().anyMatch(range -> range.contains(amount));
            };
        } else if (expr instanceof Expr.Word word) {
            return word(word.text(), words);
        }
        throw new AssertionError(expr);
    }

    private static List<Predicate<Values>> all(List<Expr> parts, List<KeyField> words) {
        List<Predicate<Values>> tests = new ArrayList<>();
        for (Expr part : parts) {
            tests.add(of(part, words));
        }
        return tests;
    }

    private static Predicate<Values> matches(KeyField field, Regex.Search search) {
        return values -> {
            String text = shown(field, values);
            SafeText alias = values.alias(field);
            return text != null && search.found(text) || alias != null && search.found(alias.value());
        };
    }

    private static @Nullable String shown(KeyField field, Values values) {
        return switch (field.type()) {
            case TEXT -> {
                SafeText text = values.text(field);
                yield text == null ? null : text.value();
            }
            case ENUM -> {
                long ordinal = values.number(field);
                yield ordinal == SocketTable.ABSENT
                        ? null
                        : field.names().get((int) ordinal).replaceFirst("\\|.*", "");
            }
            case ADDRESS -> {
                Address address = values.address(field);
                yield address == null ? null : address.toString();
            }
            default -> throw new AssertionError(field.type());
        };
    }

    private static Predicate<Values> word(String typed, List<KeyField> words) {
        String word = SafeText.of(typed).value().toLowerCase(Locale.ROOT);
        int port = WordTest.port(typed);
        Address whole = Address.parse(typed);
        return values -> {
            for (KeyField field : words) {
                if (field.type() == KeyField.Type.PORT) {
                    if (port >= 0 && values.number(field) == port) {
                        return true;
                    }
                    continue;
                }
                String text = shown(field, values);
                SafeText alias = values.alias(field);
                if (text != null && text.toLowerCase(Locale.ROOT).contains(word)
                        || alias != null
                                && alias.value().toLowerCase(Locale.ROOT).contains(word)
                        || whole != null
                                && field.type() == KeyField.Type.ADDRESS
                                && whole.equals(values.address(field))) {
                    return true;
                }
            }
            return false;
        };
    }
}
