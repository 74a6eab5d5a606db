package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.support.ManPage;

/** The numbers in the rules that the page explains are those of the code. */
final class RulesPageTest {
    private static final ManPage PAGE = ManPage.query("shawk-fields.7");

    private static void check(String section, String phrase) {
        assertThat(PAGE.section(section).text()).contains(phrase);
    }

    @Test
    void verdicts() {
        check("Verdict", "more than " + Verdicts.RETRANS_PERCENT + " % of the segments");
        check("Verdict", "for " + Verdicts.IDLE_MILLIS / 1000 + " seconds");
        assertThat(Verdicts.UNREAD_MILLIS).isEqualTo(1000);
        check("Verdict", "for a second");
    }

    @Test
    void bounds() {
        check("Owner and its proof", FlowLimits.DEFAULT.endedProcesses() + " are kept");
        check("Opened, closed, failed", FlowLimits.DEFAULT.bundles() + " kinds");
        check("Opened, closed, failed", "last " + FlowLimits.DEFAULT.ended() + " that ended");
        check("UDP", UdpFlows.IDLE_SECONDS + " seconds after");
        check("UDP", FlowLimits.DEFAULT.udpFlows() + " are kept");
    }
}
