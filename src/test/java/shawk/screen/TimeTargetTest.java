package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may be typed to go to a moment. */
final class TimeTargetTest {
    private static void check(String typed, @Nullable TimeTarget expected) {
        assertThat(TimeTarget.parse(typed)).as(typed).isEqualTo(expected);
    }

    @Test
    void moments() {
        check("start", new TimeTarget.Start());
        check(" END ", new TimeTarget.End());
        check("50%", new TimeTarget.Percent(50));
        check("101%", null);
        check("14:05:30", new TimeTarget.Clock(50_730));
        check("9:05", new TimeTarget.Clock(32_700));
        check("24:00", null);
        check("-5m", new TimeTarget.Relative(-300_000_000));
        check("+30s", new TimeTarget.Relative(30_000_000));
        check("30s", null);
        check("+", null);
        check("", null);
    }
}
