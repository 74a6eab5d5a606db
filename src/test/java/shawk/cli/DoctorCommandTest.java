package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shawk.model.Degradation;
import shawk.support.Json;

/** The doctor on this host, over made-up samples. */
final class DoctorCommandTest {
    private static Map<?, ?> check(Run run, String id) {
        List<?> checks = (List<?>) Json.object(run.out()).get("checks");
        return checks.stream()
                .map(each -> (Map<?, ?>) each)
                .filter(each -> id.equals(each.get("id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatItSeesOfThisHost() {
        Run run = Run.of("doctor", "--format", "json");
        assertThat(run.err()).isEmpty();
        assertThat(run.samples().closed()).isTrue();
        assertThat(check(run, "source").get("reason")).isEqualTo("netlink: 4 connections, 4 sockets");
        assertThat(check(run, "netlink-tcp4").get("state")).isEqualTo("works");
        assertThat(check(run, "kernel").get("reason").toString()).startsWith("Linux ");
        assertThat(check(run, "java").get("reason").toString()).contains(System.getProperty("java.version"));
    }

    @Test
    void theStatusSaysWhetherOwnersCanBeShown() {
        assertThat(Run.of("doctor").status()).isZero();
        Degradation owners = new Degradation("owners", "sockets of 1 of 2 processes", "stronger", "be root");
        Run run = Run.over(new MadeUpSamples(4, owners), "doctor");
        assertThat(run.out()).contains("not seen: sockets of 1 of 2 processes (stronger)");
    }
}
