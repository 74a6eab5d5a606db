package shawk.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import shawk.model.SafeText;
import shawk.support.HostileNames;

final class JsonWriterTest {
    @Test
    void structures() {
        check(json -> json.beginArray().endArray(), "[]");
        check(json -> json.beginObject().endObject(), "{}");
        check(
                json -> {
                    json.beginArray().beginObject().name("a").value(1).name("b").beginArray();
                    json.value(1).nullValue().endArray().endObject();
                    json.beginObject()
                            .name("c")
                            .beginObject()
                            .endObject()
                            .endObject()
                            .endArray();
                },
                "[{\"a\":1,\"b\":[1,null]},{\"c\":{}}]");
        check(
                json -> json.beginObject().name("id").hex(-1).name("z").hex(0).endObject(),
                "{\"id\":\"0xffffffffffffffff\",\"z\":\"0x0\"}");
    }

    @Test
    void numbers() {
        checkNumber(0, "0");
        checkNumber(-0.0, "0");
        checkNumber(41, "41");
        checkNumber(0.25, "0.25");
        checkNumber(-1.5, "-1.5");
        checkNumber(-0.001, "-0.001");
        checkNumber(1.005, "1.005");
        checkNumber(9007199254740991.0, "9007199254740991");
        checkNumber(1e300, "1.0E300");
        checkNumber(1 / 3.0, "0.3333333333333333");
        checkNumber(Double.NaN, "null");
        checkNumber(Double.POSITIVE_INFINITY, "null");
    }

    @Test
    void everyNumberIsReadAsItWas() {
        Random random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            double value = i % 2 == 0 ? random.nextInt() / 1000.0 : Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                StringBuilder out = new StringBuilder();
                new JsonWriter(out).value(value);
                assertThat(Double.parseDouble(out.toString())).isEqualTo(value == 0 ? 0.0 : value);
                assertThat(out.toString()).matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?(E-?[0-9]+)?");
            }
        }
    }

    @Test
    void texts() {
        check(json -> json.value("a\"b\\c"), "\"a\\\"b\\\\c\"");
        check(json -> json.value(SafeText.of("a\nb")), "\"a\\\\x0ab\"");
        check(json -> json.value("a\nb\u007f\u0085\u2028\u202e"), "\"a\\u000ab\\u007f\\u0085\\u2028\\u202e\"");
        check(json -> json.value("\u4f60\ud83d\ude80"), "\"\u4f60\ud83d\ude80\"");
        check(json -> json.value("\ud83d"), "\"\\ud83d\"");
    }

    @Test
    void hostileNamesStayWithinTheirText() {
        assertThat(HostileNames.ALL).allSatisfy(name -> {
            StringBuilder out = new StringBuilder();
            new JsonWriter(out).value(SafeText.of(name));
            assertThat(HostileNames.harmIn(out.toString())).isEqualTo(-1);
            assertThat(out.toString()).matches("(?s)\"([^\"\\\\]|\\\\[\"\\\\])*+\"");
        });
    }

    @Test
    void unbalancedIsAProgrammersError() {
        JsonWriter json = new JsonWriter(new StringBuilder());
        assertThatThrownBy(json::endArray).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        json.beginArray();
                    }
                })
                .isInstanceOf(IllegalStateException.class);
    }

    private static void checkNumber(double value, String expected) {
        check(json -> json.value(value), expected);
    }

    private static void check(Consumer<JsonWriter> written, String expected) {
        StringBuilder out = new StringBuilder();
        written.accept(new JsonWriter(out));
        assertThat(out).hasToString(expected);
    }
}
