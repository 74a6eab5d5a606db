package shawk.expr;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shawk.field.KeyField;
import shawk.model.SafeText;

/** Writes an expression as a filter that parses to the same expression. Stateless; any thread. */
final class ExprPrinter {
    private ExprPrinter() {}

    static String print(Expr expr) {
        if (expr instanceof Expr.And and) {
            return joined(and.parts(), " and ");
        } else if (expr instanceof Expr.Or or) {
            return joined(or.parts(), " or ");
        } else if (expr instanceof Expr.Not not) {
            boolean compound = not.part() instanceof Expr.And || not.part() instanceof Expr.Or;
            return compound ? "not (" + print(not.part()) + ")" : "not " + print(not.part());
        }
        return printAtom(expr);
    }

    private static String printAtom(Expr expr) {
        if (expr instanceof Expr.TextIn in) {
            return in.field().id() + oneOf(in.texts().stream().map(ExprPrinter::quoted));
        } else if (expr instanceof Expr.Matches matches) {
            return matches.field().id() + " ~ " + quoted(matches.regex().toString());
        } else if (expr instanceof Expr.OrdinalIn in) {
            return in.field().id() + oneOf(names(in));
        } else if (expr instanceof Expr.NumberIn in) {
            return in.field().id() + numbers(in.field(), in.ranges());
        } else if (expr instanceof Expr.AddressIn in) {
            return in.field().id() + oneOf(in.networks().stream().map(Network::toString));
        } else if (expr instanceof Expr.AmountIn in) {
            return in.field().id() + amounts(in.ranges());
        } else if (expr instanceof Expr.HeldBy held) {
            Stream<String> pids = held.pids().stream().map(pid -> range(pid.low(), pid.high(), false));
            return held.field().id()
                    + oneOf(Stream.concat(pids, held.names().stream().map(ExprPrinter::quoted)));
        } else if (expr instanceof Expr.Word word) {
            return quoted(word.text());
        }
        throw new AssertionError(expr);
    }

    /** Brackets only where the parser needs them: its depth is bounded. */
    private static String joined(List<Expr> parts, String operator) {
        return parts.stream()
                .map(part -> part instanceof Expr.Or || part instanceof Expr.And && operator.equals(" and ")
                        ? "(" + print(part) + ")"
                        : print(part))
                .collect(Collectors.joining(operator));
    }

    private static String oneOf(Stream<String> values) {
        List<String> all = values.toList();
        return all.size() == 1 && !all.get(0).contains("/")
                ? " = " + all.get(0)
                : " in (" + String.join(", ", all) + ")";
    }

    private static Stream<String> names(Expr.OrdinalIn in) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < in.field().names().size(); i++) {
            if ((in.ordinals() >>> i & 1) != 0) {
                names.add(in.field().names().get(i));
            }
        }
        return names.stream();
    }

    private static String numbers(KeyField field, List<Expr.NumberRange> ranges) {
        Expr.NumberRange first = ranges.get(0);
        if (ranges.size() == 1 && first.high() == Long.MAX_VALUE) {
            return first.low() == 0 ? " >= 0" : " > " + (first.low() - 1);
        } else if (ranges.size() == 1 && first.low() < 0 && field.type() != KeyField.Type.HEX) {
            return " < " + (first.high() + 1);
        }
        boolean hex = field.type() == KeyField.Type.HEX;
        return inRanges(ranges.stream().map(r -> range(r.low(), r.high(), hex)).toList());
    }

    private static String inRanges(List<String> ranges) {
        return ranges.size() == 1 && ranges.get(0).indexOf('-') < 0
                ? " = " + ranges.get(0)
                : " in (" + String.join(", ", ranges) + ")";
    }

    private static String range(long low, long high, boolean hex) {
        if (hex) {
            return "0x" + Long.toHexString(low);
        }
        return low == high ? Long.toString(low) : low + "-" + high;
    }

    private static String amounts(List<Expr.AmountRange> ranges) {
        Expr.AmountRange first = ranges.get(0);
        if (ranges.size() == 1 && first.high() == Double.POSITIVE_INFINITY) {
            return (first.strict() ? " > " : " >= ") + plain(first.low());
        } else if (ranges.size() == 1 && first.low() == Double.NEGATIVE_INFINITY) {
            return (first.strict() ? " < " : " <= ") + plain(first.high());
        }
        return inRanges(ranges.stream().map(ExprPrinter::range).toList());
    }

    private static String range(Expr.AmountRange range) {
        return range.low() == range.high() ? plain(range.low()) : plain(range.low()) + "-" + plain(range.high());
    }

    private static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    private static String quoted(SafeText text) {
        return quoted(text.value());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
