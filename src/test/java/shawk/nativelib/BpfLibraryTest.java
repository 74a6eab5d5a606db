package shawk.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the dynamic linker says becomes what to install. */
final class BpfLibraryTest {
    private static void check(String said, String reason, String fix) {
        OptionalLibrary.Missing missing = BpfLibrary.LIBRARY.parseLinker(said);
        assertThat(missing.reason()).isEqualTo(reason);
        assertThat(missing.fix()).isEqualTo(fix);
    }

    @Test
    void theLibraryThatIsMissingIsNamed() {
        String tail = ": cannot open shared object file: No such file or directory";
        check("libbpf.so.1" + tail, "libbpf.so.1 is missing", "apt-get install libbpf1");
        check(
                "Unable to load library '/opt/x/libshawk-bpf.so':\nlibbpf.so.1" + tail + "\nlibbpf.so.1" + tail,
                "libbpf.so.1 is missing",
                "apt-get install libbpf1");
        check("libelf.so.1" + tail, "libelf.so.1 is missing", "install the package that has it");
        check(
                "/x/libshawk-bpf.so: invalid ELF header",
                "libshawk-bpf.so: /x/libshawk-bpf.so: invalid ELF header",
                "build again");
        check("", "libshawk-bpf.so: it cannot be loaded", "build again");
        OptionalLibrary.Missing pcap = PcapLibrary.LIBRARY.parseLinker("libpcap.so.0.8" + tail);
        assertThat(pcap.reason()).isEqualTo("libpcap.so.0.8 is missing");
        assertThat(pcap.fix()).isEqualTo("apt-get install libpcap0.8");
    }
}
