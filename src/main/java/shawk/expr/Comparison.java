package shawk.expr;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.SafeText;

/** Parses what stands behind a field: an operator and values of the field's type. Used by one thread. */
final class Comparison {
    private static final BigDecimal MAX_TIMER_MILLIS = new BigDecimal(Integer.MAX_VALUE);

    private final String text;
    private final Field field;
    private final @Nullable KeyField port;

    /**
     * A comparison of {@code field} in the filter {@code text}.
     *
     * @param port of an address the field that has its port; null = it has none
     */
    Comparison(String text, Field field, @Nullable Field port) {
        this.text = text;
        this.field = field;
        this.port = port instanceof KeyField key && key.type() == KeyField.Type.PORT ? key : null;
    }

    /** {@code field operator value}. */
    Expr parse(Token operator, Token value) throws ExprException {
        return switch (operator.text()) {
            case "=" -> equal(operator, List.of(value));
            case "!=" -> new Expr.Not(equal(operator, List.of(value)));
            case "~" -> matches(operator, value);
            case "!~" -> new Expr.Not(matches(operator, value));
            default -> ordered(operator, value);
        };
    }

    /** {@code field in (values)}. */
    Expr parseIn(List<Token> values) throws ExprException {
        return equal(null, values);
    }

    private Expr equal(@Nullable Token operator, List<Token> values) throws ExprException {
        boolean ranges = operator == null;
        if (field instanceof MeasureField measure) {
            return new Expr.AmountIn(filterable(measure, values.get(0)), amounts(measure, values, ranges));
        } else if (field instanceof HoldersField holders) {
            return heldBy(holders, values);
        }
        KeyField key = (KeyField) field;
        return switch (key.type()) {
            case TEXT -> new Expr.TextIn(key, texts(values));
            case ENUM -> new Expr.OrdinalIn(key, ordinals(key, values));
            case ADDRESS -> addresses(key, values);
            case PORT, NUMBER, HEX -> new Expr.NumberIn(key, numbers(key, values, ranges));
            case TIMER -> timer(key, values, ranges);
        };
    }

    private Expr matches(Token operator, Token value) throws ExprException {
        boolean hasText = !(field instanceof MeasureField)
                && !(field instanceof KeyField key
                        && key.type() != KeyField.Type.TEXT
                        && key.type() != KeyField.Type.ENUM
                        && key.type() != KeyField.Type.ADDRESS);
        if (!hasText) {
            boolean hex = field instanceof KeyField key && key.type() == KeyField.Type.HEX;
            throw wrongOperator(operator, hex ? "= != in" : "= != < <= > >= in");
        }
        return new Expr.Matches(field, Regex.parse(value.text(), text, value.start()));
    }

    private Expr ordered(Token operator, Token value) throws ExprException {
        boolean below = operator.text().startsWith("<");
        boolean strict = operator.text().length() == 1;
        if (field instanceof MeasureField measure) {
            double bound = amount(filterable(measure, value), value, value.text());
            Expr.AmountRange range = below
                    ? new Expr.AmountRange(Double.NEGATIVE_INFINITY, bound, strict)
                    : new Expr.AmountRange(bound, Double.POSITIVE_INFINITY, strict);
            return new Expr.AmountIn(measure, List.of(range));
        }
        boolean ordered = field instanceof KeyField key
                && (key.type() == KeyField.Type.PORT
                        || key.type() == KeyField.Type.NUMBER
                        || key.type() == KeyField.Type.TIMER);
        if (!ordered) {
            throw wrongOperator(operator, hasRegex() ? "= != ~ !~ in" : "= != in");
        }
        KeyField key = (KeyField) field;
        long bound = number(key, value, value.text());
        Expr.NumberRange range = below
                ? new Expr.NumberRange(Long.MIN_VALUE + 1, strict ? bound - 1 : bound)
                : new Expr.NumberRange(strict ? bound + 1 : bound, Long.MAX_VALUE);
        return new Expr.NumberIn(key, List.of(range));
    }

    private boolean hasRegex() {
        return !(field instanceof KeyField key) || key.type() != KeyField.Type.HEX;
    }

    private static List<SafeText> texts(List<Token> values) {
        return values.stream().map(value -> SafeText.of(value.text())).toList();
    }

    private long ordinals(KeyField key, List<Token> values) throws ExprException {
        long ordinals = 0;
        for (Token value : values) {
            long found = ordinals(key, value.text());
            if (found == 0) {
                List<String> names = key.equals(EndpointFields.STATE) ? StateNames.names() : key.names();
                String problem = "unknown " + key.id() + " " + value.shown();
                throw error(value, problem, Nearest.advice(value.text(), names, "expected " + listed(key.names())));
            }
            ordinals |= found;
        }
        return ordinals;
    }

    private static long ordinals(KeyField key, String name) {
        if (key.equals(EndpointFields.STATE)) {
            return StateNames.find(name);
        }
        for (int i = 0; i < key.names().size(); i++) {
            for (String each : key.names().get(i).split("\\|")) {
                if (each.equalsIgnoreCase(name)) {
                    return 1L << i;
                }
            }
        }
        return 0;
    }

    private Expr timer(KeyField key, List<Token> values, boolean ranges) throws ExprException {
        return ordinals(key, values.get(0).text()) != 0
                ? new Expr.OrdinalIn(key, ordinals(key, values))
                : new Expr.NumberIn(key, numbers(key, values, ranges));
    }

    /** Networks, and where the field has a port also addresses with ports: {@code 10.0.0.1:443}, {@code [::1]:443}. */
    private Expr addresses(KeyField key, List<Token> values) throws ExprException {
        List<Network> networks = new ArrayList<>();
        List<Expr> ends = new ArrayList<>();
        for (Token value : values) {
            Network network = Network.parse(value.text());
            Expr end = network == null ? end(key, value) : null;
            if (network != null) {
                networks.add(network);
            } else if (end != null) {
                ends.add(end);
            } else {
                throw error(
                        value,
                        value.shown() + " is no address",
                        "expected one such as 10.0.0.1, 10.0.0.0/8 or fe80::/10");
            }
        }
        if (!networks.isEmpty()) {
            ends.add(0, new Expr.AddressIn(key, networks));
        }
        return ends.size() == 1 ? ends.get(0) : new Expr.Or(ends);
    }

    private @Nullable Expr end(KeyField key, Token value) throws ExprException {
        int colon = value.text().lastIndexOf(':');
        if (port == null || colon < 0) {
            return null;
        }
        String address = value.text().substring(0, colon);
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        Network network = Network.parse(bracketed ? address.substring(1, address.length() - 1) : address);
        if (network == null) {
            return null;
        }
        long number = number(port, value, value.text().substring(colon + 1));
        return new Expr.And(List.of(
                new Expr.AddressIn(key, List.of(network)),
                new Expr.NumberIn(port, List.of(new Expr.NumberRange(number, number)))));
    }

    private Expr heldBy(HoldersField holders, List<Token> values) throws ExprException {
        List<Expr.NumberRange> pids = new ArrayList<>();
        List<SafeText> names = new ArrayList<>();
        for (Token value : values) {
            boolean pid = value.is(Token.Kind.WORD) && value.text().chars().allMatch(c -> c >= '0' && c <= '9');
            if (pid) {
                long number = number(null, value, value.text());
                pids.add(new Expr.NumberRange(number, number));
            } else {
                names.add(SafeText.of(value.text()));
            }
        }
        return new Expr.HeldBy(holders, pids, names);
    }

    private List<Expr.NumberRange> numbers(KeyField key, List<Token> values, boolean ranges) throws ExprException {
        List<Expr.NumberRange> numbers = new ArrayList<>();
        for (Token value : values) {
            int dash = ranges && key.type() != KeyField.Type.HEX ? value.text().indexOf('-', 1) : -1;
            String first = dash < 0 ? value.text() : value.text().substring(0, dash);
            long low = number(key, value, first);
            long high = dash < 0 ? low : number(key, value, value.text().substring(dash + 1));
            if (low > high && key.type() != KeyField.Type.HEX) {
                throw error(value, "range " + value.shown() + " ends before it begins", "");
            }
            numbers.add(new Expr.NumberRange(low, high));
        }
        return numbers;
    }

    /** A number of {@code key}'s type; of no field a pid. */
    private long number(@Nullable KeyField key, Token token, String value) throws ExprException {
        KeyField.Type type = key == null ? KeyField.Type.NUMBER : key.type();
        try {
            if (type == KeyField.Type.HEX) {
                return value.regionMatches(true, 0, "0x", 0, 2)
                        ? Long.parseUnsignedLong(value.substring(2), 16)
                        : Long.parseUnsignedLong(value);
            } else if (type == KeyField.Type.TIMER) {
                var millis = Quantity.parse(value, MeasureField.Unit.MILLIS);
                if (millis == null || millis.compareTo(MAX_TIMER_MILLIS) > 0) {
                    throw new NumberFormatException();
                }
                return millis.longValue();
            }
            String digits = type == KeyField.Type.PORT && value.startsWith(":") ? value.substring(1) : value;
            long number = digits.startsWith("+") ? -1 : Long.parseLong(digits);
            if (number < 0 || type == KeyField.Type.PORT && number > 65_535 || number == Long.MAX_VALUE) {
                throw new NumberFormatException();
            }
            return number;
        } catch (NumberFormatException e) {
            throw error(token, token.shown() + " is no " + expected(type), advice(type));
        }
    }

    private static String expected(KeyField.Type type) {
        return switch (type) {
            case PORT -> "port";
            case HEX -> "64-bit number";
            case TIMER -> "timer";
            default -> "number";
        };
    }

    private static String advice(KeyField.Type type) {
        return switch (type) {
            case PORT -> "expected 0 to 65535, or a range such as 8000-8999 after 'in'; names are in 'service'";
            case HEX -> "expected one such as 0x1f00";
            case TIMER -> "expected on, keepalive, timewait, persist, or a time such as 200ms";
            default -> "expected one such as 4656, or a range such as 1000-1999 after 'in'";
        };
    }

    private List<Expr.AmountRange> amounts(MeasureField measure, List<Token> values, boolean ranges)
            throws ExprException {
        List<Expr.AmountRange> amounts = new ArrayList<>();
        for (Token value : values) {
            int dash = ranges ? value.text().indexOf('-', 1) : -1;
            double low = amount(
                    measure, value, dash < 0 ? value.text() : value.text().substring(0, dash));
            double high = dash < 0 ? low : amount(measure, value, value.text().substring(dash + 1));
            if (low > high) {
                throw error(value, "range " + value.shown() + " ends before it begins", "");
            }
            amounts.add(new Expr.AmountRange(low, high, false));
        }
        return amounts;
    }

    private double amount(MeasureField measure, Token token, String value) throws ExprException {
        var amount = Quantity.parse(value, measure.unit());
        if (amount == null) {
            throw error(
                    token,
                    token.shown() + " is no value of " + measure.id(),
                    "expected " + Quantity.example(measure.unit()));
        }
        return amount.doubleValue();
    }

    /** A filter looks at single connections, which have no such thing as a 95th percentile. */
    private MeasureField filterable(MeasureField measure, Token value) throws ExprException {
        if (!measure.perConnection()) {
            throw error(
                    value,
                    "'" + measure.id() + "' is of groups, and a filter chooses connections: no value is expected",
                    "filter by '" + ofConnections(measure) + "'");
        }
        return measure;
    }

    /** What single connections have instead: its id begins alike. */
    private static String ofConnections(MeasureField measure) {
        String start = measure.id().substring(0, measure.id().indexOf('_'));
        return Fields.ALL.stream()
                .filter(each -> each instanceof MeasureField other && other.perConnection())
                .map(Field::id)
                .filter(id -> id.startsWith(start))
                .findFirst()
                .orElse(start);
    }

    private ExprException wrongOperator(Token operator, String allowed) {
        return error(operator, "'" + field.id() + "' has no " + operator.shown() + ",", "it has " + allowed);
    }

    private static String listed(List<String> names) {
        return String.join(", ", names);
    }

    private ExprException error(Token token, String problem, String advice) {
        return ExprException.at(text, token.start(), problem, advice);
    }
}
