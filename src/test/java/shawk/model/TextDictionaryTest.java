package shawk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts under numbers. */
final class TextDictionaryTest {
    private static SafeText text(int number) {
        return SafeText.of("text " + number);
    }

    @Test
    void equalTextsHaveOneNumber() {
        TextDictionary.Builder builder = new TextDictionary.Builder(7);
        for (int i = 1; i <= 1_000; i++) {
            assertThat(builder.number(text(i))).isEqualTo(i);
            assertThat(builder.number(text(i))).isEqualTo(i);
        }
        assertThat(builder.number(SafeText.EMPTY)).isZero();
        assertThat(builder.size()).isEqualTo(1_001);
    }

    @Test
    void eachDictionaryHasWhatWasThereWhenItWasBuilt() {
        TextDictionary.Builder builder = new TextDictionary.Builder(7);
        List<TextDictionary> built = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            built.add(builder.build());
            builder.number(text(i));
        }
        for (int size = 1; size <= built.size(); size++) {
            TextDictionary dictionary = built.get(size - 1);
            assertThat(dictionary.size()).isEqualTo(size);
            for (int i = 1; i <= 300; i++) {
                assertThat(dictionary.find(text(i))).isEqualTo(i < size ? i : -1);
            }
            int last = size - 1;
            assertThat(dictionary.text(last)).isEqualTo(last == 0 ? SafeText.EMPTY : text(last));
            int beyond = size;
            assertThatThrownBy(() -> dictionary.text(beyond)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void textsThatJavaHashesAlikeAreApart() {
        TextDictionary.Builder builder = new TextDictionary.Builder(7);
        List<String> alike = List.of("AaAa", "AaBB", "BBAa", "BBBB");
        alike.forEach(each -> builder.number(SafeText.of(each)));
        TextDictionary dictionary = builder.build();
        for (int i = 0; i < alike.size(); i++) {
            assertThat(dictionary.find(SafeText.of(alike.get(i)))).isEqualTo(i + 1);
        }
        assertThat(dictionary.find(SafeText.of("AaA"))).isEqualTo(-1);
    }
}
