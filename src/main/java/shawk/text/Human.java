package shawk.text;

import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Address;
import shawk.model.ProcessInfo;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * Values as people read them: {@code 1,204}, {@code 41 MB/s}, {@code 1.9 ms}. ASCII, but for texts that came from
 * outside. No value of a unit is wider than {@link #maxWidth}, so that columns never jump; making one allocates
 * nothing.
 *
 * <p>Stateless; any thread.
 */
public final class Human {
    /** What stands for a value that is not known. */
    public static final String ABSENT = "-";

    /** What is written for the service port of a group that has more than one, or none that is known. */
    public static final String MANY = "many";

    private static final String LETTERS = "kMGTPE";

    private Human() {}

    /** Cells that a value of this unit takes at most. */
    public static int maxWidth(MeasureField.Unit unit) {
        return switch (unit) {
            case COUNT, QUEUED, SEGMENTS -> "999,999".length();
            case PER_SECOND -> "99,999".length();
            case BYTES -> "999 kB".length();
            case BYTES_PER_SECOND -> "999 kB/s".length();
            case MICROS, MILLIS -> "23h59m".length();
            case PERCENT -> "100.0".length();
        };
    }

    /** Appends an amount. */
    public static void appendMeasure(StringBuilder out, MeasureField field, double value) {
        if (Double.isNaN(value)) {
            out.append(ABSENT);
            return;
        }
        double amount = Math.max(0, value);
        switch (field.unit()) {
            case COUNT, QUEUED, SEGMENTS -> appendCount(out, amount);
            case PER_SECOND -> appendPerSecond(out, amount);
            case BYTES -> appendBytes(out, amount, "B");
            case BYTES_PER_SECOND -> appendBytes(out, amount, "B/s");
            case MICROS -> appendMicros(out, amount);
            case MILLIS -> appendMillis(out, amount);
            case PERCENT -> appendPercent(out, amount);
            default -> throw new AssertionError(field.unit());
        }
    }

    /** Appends a rate, in bits where these are wanted: {@code 41 MB/s}, {@code 330 Mbit/s}. */
    public static void appendRate(StringBuilder out, double bytesPerSecond, boolean bits) {
        if (Double.isNaN(bytesPerSecond)) {
            out.append(ABSENT);
        } else if (bits) {
            appendBytes(out, 8 * Math.max(0, bytesPerSecond), "bit/s");
        } else {
            appendBytes(out, Math.max(0, bytesPerSecond), "B/s");
        }
    }

    /**
     * Appends how long something took, to the tenth of a millisecond: {@code 84 us}, {@code 15.0 ms}, {@code 1.9 s}.
     */
    public static void appendSpan(StringBuilder out, long micros) {
        long tenthMillis = (micros + 50) / 100;
        if (micros < 100) {
            out.append(micros).append(" us");
        } else if (tenthMillis < 10_000) {
            appendTenths(out, tenthMillis);
            out.append(" ms");
        } else {
            appendSeconds(out, micros / 1e6);
        }
    }

    /** Cells that a rate takes at most. */
    public static int rateWidth(boolean bits) {
        return (bits ? "999 kbit/s" : "999 kB/s").length();
    }

    /** Appends a value of {@code field} in {@code snapshot}. A text may be of any length: the caller cuts it. */
    public static void appendKey(StringBuilder out, KeyField field, Snapshot snapshot, long high, long low) {
        if (low == SocketTable.ABSENT) {
            out.append(ABSENT);
            return;
        }
        switch (field.type()) {
            case TEXT -> out.append(snapshot.texts().text(low).value());
            case ENUM -> out.append(field.names().get((int) low));
            case ADDRESS -> Address.append(out, high, low);
            case PORT, NUMBER -> out.append(low);
            case HEX -> Numbers.appendHex(out, low);
            case TIMER -> {
                out.append(field.names().get((int) high)).append(' ');
                appendMillis(out, (double) low);
            }
            default -> throw new AssertionError(field.type());
        }
    }

    /** Appends the processes that hold the socket of {@code row}: {@code nginx(4656) nginx(4657)}. */
    public static void appendHolders(StringBuilder out, Snapshot snapshot, int row) {
        int count = snapshot.holders().count(row);
        for (int i = 0; i < count; i++) {
            ProcessInfo process = snapshot.processes().get(snapshot.holders().process(row, i));
            out.append(i == 0 ? "" : " ").append(process.name().value());
            out.append('(').append(process.id().pid()).append(')');
        }
        if (count == 0) {
            out.append(ABSENT);
        }
    }

    /** A count: exact up to 999,999. */
    public static String count(long value) {
        StringBuilder out = new StringBuilder();
        appendCount(out, (double) value);
        return out.toString();
    }

    /** Exact up to 999,999, then {@code 1.2M}. */
    static void appendCount(StringBuilder out, double value) {
        if (value < 999_999.5) {
            appendGrouped(out, Math.round(value));
        } else {
            appendScaled(out, value / 1e6, 1, "");
        }
    }

    private static void appendPerSecond(StringBuilder out, double value) {
        long tenths = Math.round(10 * value);
        if (value == 0) {
            out.append('0');
        } else if (tenths == 0) {
            out.append("<0.1");
        } else if (tenths < 100) {
            appendTenths(out, tenths);
        } else if (value < 99_999.5) {
            appendGrouped(out, Math.round(value));
        } else {
            appendScaled(out, value / 1e3, 0, "");
        }
    }

    private static void appendPercent(StringBuilder out, double value) {
        long tenths = Math.round(10 * value);
        if (tenths == 0 && value > 0) {
            out.append("<0.1");
        } else if (tenths > 9999) {
            out.append(">999");
        } else {
            appendTenths(out, tenths);
        }
    }

    /** Decimal prefixes: {@code 999 B}, {@code 1.2 kB}, {@code 41 MB}. */
    static void appendBytes(StringBuilder out, double value, String unit) {
        if (value < 999.5) {
            out.append(Math.round(value)).append(' ').append(unit);
        } else {
            appendScaled(out, value / 1e3, 0, unit);
        }
    }

    /** {@code value} is in units of letter number {@code letter}. */
    private static void appendScaled(StringBuilder out, double value, int letter, String unit) {
        double scaled = value;
        int at = letter;
        while (scaled >= 999.5 && at < LETTERS.length() - 1) {
            scaled /= 1e3;
            at++;
        }
        scaled = Math.min(scaled, 999);
        long tenths = Math.round(10 * scaled);
        if (tenths < 100) {
            appendTenths(out, tenths);
        } else {
            out.append(Math.round(scaled));
        }
        out.append(unit.isEmpty() ? "" : " ").append(LETTERS.charAt(at)).append(unit);
    }

    private static void appendMillis(StringBuilder out, double millis) {
        if (millis < 999.5) {
            out.append(Math.round(millis)).append(" ms");
        } else {
            appendSeconds(out, millis / 1e3);
        }
    }

    private static void appendMicros(StringBuilder out, double micros) {
        long tenthMillis = Math.round(micros / 100);
        if (micros < 99.5) {
            out.append(Math.round(micros)).append(" us");
        } else if (tenthMillis < 100) {
            appendTenths(out, tenthMillis);
            out.append(" ms");
        } else {
            appendMillis(out, micros / 1e3);
        }
    }

    /** {@code 1.9 s}, {@code 42 s}, {@code 3m05s}, {@code 2h05m}, {@code 3d04h}, {@code 1234d}. */
    private static void appendSeconds(StringBuilder out, double seconds) {
        long tenths = Math.round(10 * seconds);
        long whole = Math.round(Math.min(seconds, 99_999 * 86_400.0));
        if (tenths < 100) {
            appendTenths(out, tenths);
            out.append(" s");
        } else if (whole < 60) {
            out.append(whole).append(" s");
        } else if (whole < 3_600) {
            appendPair(out, whole / 60, 'm', whole % 60, 's');
        } else if (whole < 86_400) {
            appendPair(out, whole / 3_600, 'h', whole / 60 % 60, 'm');
        } else if (whole < 100 * 86_400) {
            appendPair(out, whole / 86_400, 'd', whole / 3_600 % 24, 'h');
        } else {
            out.append(whole / 86_400).append('d');
        }
    }

    private static void appendPair(StringBuilder out, long large, char largeUnit, long small, char smallUnit) {
        out.append(large).append(largeUnit);
        out.append(small < 10 ? "0" : "").append(small).append(smallUnit);
    }

    private static void appendTenths(StringBuilder out, long tenths) {
        out.append(tenths / 10).append('.').append(tenths % 10);
    }

    private static void appendGrouped(StringBuilder out, long value) {
        if (value < 1000) {
            out.append(value);
            return;
        }
        out.append(value / 1000).append(',');
        long rest = value % 1000;
        out.append(rest < 10 ? "00" : rest < 100 ? "0" : "").append(rest);
    }
}
