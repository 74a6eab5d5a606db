package shawk.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RawTextTest {
    @Test
    void copiesWhatItIsGiven() {
        byte[] bytes = {1, 2, -1};
        RawText text = RawText.of(bytes);
        bytes[0] = 9;
        text.toBytes()[1] = 9;
        assertThat(text.toBytes()).containsExactly(1, 2, -1);
        assertThat(text.byteAt(2)).isEqualTo(255);
        assertThat(text.length()).isEqualTo(3);
    }

    @Test
    void readsPaddedFields() {
        ByteBuffer buffer = ByteBuffer.wrap("xxcubic\0\0yy".getBytes(StandardCharsets.US_ASCII));
        assertThat(RawText.paddedAt(buffer, 2, 7)).isEqualTo(RawText.of("cubic"));
        assertThat(RawText.paddedAt(buffer, 2, 5)).isEqualTo(RawText.of("cubic"));
        assertThat(RawText.paddedAt(buffer, 7, 2)).isEqualTo(RawText.EMPTY);
        assertThat(buffer.position()).isZero();
    }

    @Test
    void neverShowsItsContent() {
        assertThat(RawText.of("secret")).hasToString("RawText[6 bytes]").hasSameHashCodeAs(RawText.of("secret"));
    }
}
