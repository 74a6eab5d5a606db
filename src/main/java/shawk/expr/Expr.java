package shawk.expr;

import java.util.List;
import shawk.field.Field;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.SafeText;

/**
 * A filter as a tree. {@code !=} and {@code !~} are a {@link Not} around {@code =} and {@code ~}, orders are ranges.
 * {@link ExprPrinter} writes it as a filter again, which parses to an equal tree. Immutable.
 */
sealed interface Expr {
    /** All of {@code parts}; out of a text at least two, and with none it holds always. */
    record And(List<Expr> parts) implements Expr {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** Any of {@code parts}; out of a text at least two, and with none it never holds. */
    record Or(List<Expr> parts) implements Expr {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(Expr part) implements Expr {}

    /** The text is one of these. */
    record TextIn(KeyField field, List<SafeText> texts) implements Expr {
        public TextIn {
            texts = List.copyOf(texts);
        }
    }

    /** The text is matched: of a text, a name, an address, or any holder's name. */
    record Matches(Field field, Regex regex) implements Expr {}

    /** The enum's ordinal, or the timer's kind, is one of the bits set in {@code ordinals}. */
    record OrdinalIn(KeyField field, long ordinals) implements Expr {}

    /** The port, number or hexadecimal number, or the timer's milliseconds, is in one of {@code ranges}. */
    record NumberIn(KeyField field, List<NumberRange> ranges) implements Expr {
        public NumberIn {
            ranges = List.copyOf(ranges);
        }
    }

    /** The address is in one of {@code networks}. */
    record AddressIn(KeyField field, List<Network> networks) implements Expr {
        public AddressIn {
            networks = List.copyOf(networks);
        }
    }

    /** The amount is in one of {@code ranges}. */
    record AmountIn(MeasureField field, List<AmountRange> ranges) implements Expr {
        public AmountIn {
            ranges = List.copyOf(ranges);
        }
    }

    /** A process with one of these pids or names holds the socket. */
    record HeldBy(HoldersField field, List<NumberRange> pids, List<SafeText> names) implements Expr {
        public HeldBy {
            pids = List.copyOf(pids);
            names = List.copyOf(names);
        }
    }

    /** {@code text}, in any case, is part of a name or of an address, or it is a port. */
    record Word(String text) implements Expr {}

    /** Whole numbers from {@code low} to {@code high}, both included; a bound at the end of long is no bound. */
    record NumberRange(long low, long high) {
        boolean contains(long value) {
            return low <= value && value <= high;
        }
    }

    /**
     * Amounts from {@code low} to {@code high}, both included unless {@code strict}; an infinite bound is no bound, and
     * the not known {@code NaN} is in no range.
     */
    record AmountRange(double low, double high, boolean strict) {
        boolean contains(double value) {
            return strict ? low < value && value < high : low <= value && value <= high;
        }
    }
}
