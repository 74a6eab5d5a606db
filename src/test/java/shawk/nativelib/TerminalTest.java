package shawk.nativelib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is no terminal is said in one line; how a terminal behaves is tested in C on a pseudo-terminal. */
final class TerminalTest {
    /** No descriptor has this number. */
    private static final int NONE = 1_000_000;

    @Test
    void noDescriptorIsNoTerminal() throws NativeException {
        assertThat(Terminal.isTerminal(NONE)).isFalse();
        assertThatThrownBy(() -> Terminal.size(NONE))
                .hasMessage("cannot read the terminal's size: bad file descriptor (EBADF)");
        assertThatThrownBy(() -> Terminal.raw(NONE))
                .isInstanceOfSatisfying(
                        NativeException.class, e -> assertThat(e.name()).isEqualTo("EBADF"));
        assertThatThrownBy(() -> Terminal.waitForInput(NONE, 0))
                .isInstanceOfSatisfying(
                        NativeException.class, e -> assertThat(e.name()).isEqualTo("EIO"));
    }

    @Test
    void unknownErrnoHasANumber() {
        assertThat(NativeException.nameOf(1)).isEqualTo("EPERM");
        assertThat(NativeException.textOf(1)).isEqualTo("operation not permitted");
        assertThat(NativeException.nameOf(4242)).isEqualTo("errno 4242");
    }
}
