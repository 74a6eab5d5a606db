package shawk.expr;

import java.math.BigDecimal;
import java.math.RoundingMode;
import shawk.field.MeasureField;

/** Numbers of bytes as options take them: {@code 500kB}, {@code 64MiB}, {@code 1.5GB}. Stateless; any thread. */
public final class Sizes {
    private static final BigDecimal MAX = BigDecimal.ONE.movePointRight(18);

    private Sizes() {}

    /** The bytes that {@code text} says, 0 to 10^18. */
    public static long parse(String text) throws ExprException {
        BigDecimal bytes = Quantity.parse(text, MeasureField.Unit.BYTES);
        if (bytes == null || bytes.compareTo(MAX) > 0) {
            throw ExprException.of(ExprException.quoted(text) + " is no size", "expected one such as 500kB or 64MiB");
        }
        return bytes.setScale(0, RoundingMode.DOWN).longValueExact();
    }
}
