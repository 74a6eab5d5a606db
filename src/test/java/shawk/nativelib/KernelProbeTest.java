package shawk.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** This kernel answers, and the numbers are those of the header. */
final class KernelProbeTest {
    @Test
    void theKernelAnswers() throws Exception {
        for (KernelProbe probe : new KernelProbe[] {
            KernelProbe.TCP4, KernelProbe.TCP6, KernelProbe.UDP4, KernelProbe.UDP6, KernelProbe.UNIX
        }) {
            assertThat(probe.query()).as(probe.name()).isZero();
        }
        assertThat(KernelProbe.TCP_INFO.query()).isGreaterThanOrEqualTo(104);
    }
}
