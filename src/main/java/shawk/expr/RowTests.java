package shawk.expr;

import java.util.List;
import java.util.function.Predicate;
import shawk.expr.Filter.RowTest;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Address;
import shawk.model.Holders;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** Makes an expression into a test of one snapshot's rows. A test makes no object; an absent value passes none. */
final class RowTests {
    private RowTests() {}

    static RowTest of(Expr expr, Snapshot snapshot) {
        if (expr instanceof Expr.And and) {
            RowTest[] parts = all(and.parts(), snapshot);
            return row -> {
                for (RowTest part : parts) {
                    if (!part.matches(row)) {
                        return false;
                    }
                }
                return true;
            };
        } else if (expr instanceof Expr.Or or) {
            RowTest[] parts = all(or.parts(), snapshot);
            return row -> {
                for (RowTest part : parts) {
                    if (part.matches(row)) {
                        return true;
                    }
                }
                return false;
            };
        } else if (expr instanceof Expr.Not not) {
            RowTest part = of(not.part(), snapshot);
            return row -> !part.matches(row);
        }
        return ofAtom(expr, snapshot);
    }

    private static RowTest[] all(List<Expr> parts, Snapshot snapshot) {
        return parts.stream().map(part -> of(part, snapshot)).toArray(RowTest[]::new);
    }

    private static RowTest ofAtom(Expr expr, Snapshot snapshot) {
        if (expr instanceof Expr.TextIn in) {
            return textIn(in, snapshot);
        } else if (expr instanceof Expr.Matches matches) {
            return matches(matches, snapshot);
        } else if (expr instanceof Expr.OrdinalIn in) {
            return ordinalIn(in, snapshot);
        } else if (expr instanceof Expr.NumberIn in) {
            return numberIn(in, snapshot);
        } else if (expr instanceof Expr.AddressIn in) {
            return addressIn(in, snapshot);
        } else if (expr instanceof Expr.AmountIn in) {
            return amountIn(in, snapshot);
        } else if (expr instanceof Expr.HeldBy held) {
            return heldBy(held, snapshot);
        } else if (expr instanceof Expr.Word word) {
            return new WordTest(word.text(), snapshot);
        }
        throw new AssertionError(expr);
    }

    private static RowTest textIn(Expr.TextIn in, Snapshot snapshot) {
        KeyField.Reader reader = in.field().low();
        long[] numbers = in.texts().stream()
                .mapToLong(text -> snapshot.texts().find(text))
                .toArray();
        return row -> {
            long value = reader.read(snapshot, row);
            for (long number : numbers) {
                if (value == number) {
                    return true;
                }
            }
            return false;
        };
    }

    private static RowTest matches(Expr.Matches matches, Snapshot snapshot) {
        Regex.Search search = new Regex.Search(matches.regex());
        if (matches.field() instanceof HoldersField) {
            return holderNamed(snapshot, search::found);
        }
        KeyField field = (KeyField) matches.field();
        KeyField.Reader reader = field.low();
        return switch (field.type()) {
            case TEXT -> {
                TextMemo memo = new TextMemo(snapshot, search::found);
                yield row -> memo.passes(reader.read(snapshot, row));
            }
            case ENUM -> ordinalIn(new Expr.OrdinalIn(field, ordinals(field, search)), snapshot);
            case ADDRESS -> {
                StringBuilder scratch = new StringBuilder(64);
                yield row -> {
                    long low = reader.read(snapshot, row);
                    if (low == SocketTable.ABSENT) {
                        return false;
                    }
                    scratch.setLength(0);
                    Address.append(scratch, field.high().read(snapshot, row), low);
                    return search.found(scratch);
                };
            }
            default -> throw new AssertionError(field.type());
        };
    }

    private static long ordinals(KeyField field, Regex.Search search) {
        long ordinals = 0;
        for (int i = 0; i < field.names().size(); i++) {
            ordinals |= search.found(field.names().get(i)) ? 1L << i : 0;
        }
        return ordinals;
    }

    private static RowTest ordinalIn(Expr.OrdinalIn in, Snapshot snapshot) {
        boolean timer = in.field().type() == KeyField.Type.TIMER;
        KeyField.Reader reader = timer ? in.field().high() : in.field().low();
        long ordinals = in.ordinals();
        return row -> {
            long value = reader.read(snapshot, row);
            return value != SocketTable.ABSENT && (ordinals >>> value & 1) != 0;
        };
    }

    private static RowTest numberIn(Expr.NumberIn in, Snapshot snapshot) {
        KeyField.Reader reader = in.field().low();
        Expr.NumberRange[] ranges = in.ranges().toArray(Expr.NumberRange[]::new);
        return row -> {
            long value = reader.read(snapshot, row);
            return value != SocketTable.ABSENT && isIn(ranges, value);
        };
    }

    private static boolean isIn(Expr.NumberRange[] ranges, long value) {
        for (Expr.NumberRange range : ranges) {
            if (range.contains(value)) {
                return true;
            }
        }
        return false;
    }

    private static RowTest addressIn(Expr.AddressIn in, Snapshot snapshot) {
        KeyField field = in.field();
        Network[] networks = in.networks().toArray(Network[]::new);
        return row -> {
            long low = field.low().read(snapshot, row);
            if (low == SocketTable.ABSENT) {
                return false;
            }
            long high = field.high().read(snapshot, row);
            for (Network network : networks) {
                if (network.contains(high, low)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static RowTest amountIn(Expr.AmountIn in, Snapshot snapshot) {
        MeasureField.Reader reader = in.field().value();
        Expr.AmountRange[] ranges = in.ranges().toArray(Expr.AmountRange[]::new);
        return row -> {
            double value = reader.read(snapshot, row);
            for (Expr.AmountRange range : ranges) {
                if (range.contains(value)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static RowTest heldBy(Expr.HeldBy held, Snapshot snapshot) {
        Expr.NumberRange[] pids = held.pids().toArray(Expr.NumberRange[]::new);
        List<String> names = held.names().stream().map(SafeText::value).toList();
        RowTest named = holderNamed(snapshot, names::contains);
        Holders holders = snapshot.holders();
        return row -> {
            for (int i = 0; i < holders.count(row); i++) {
                if (isIn(
                        pids,
                        snapshot.processes().get(holders.process(row, i)).id().pid())) {
                    return true;
                }
            }
            return named.matches(row);
        };
    }

    private static RowTest holderNamed(Snapshot snapshot, Predicate<String> test) {
        TextMemo memo = new TextMemo(snapshot, test);
        Holders holders = snapshot.holders();
        return row -> {
            for (int i = 0; i < holders.count(row); i++) {
                if (memo.passes(snapshot.processTexts().name(holders.process(row, i)))) {
                    return true;
                }
            }
            return false;
        };
    }
}
