package shawk.screen;

import java.util.List;
import java.util.Locale;
import shawk.field.CountFields;
import shawk.field.QualityFields;
import shawk.model.Meters;

/**
 * What is said of programs in the kernel: a line each.
 *
 * <pre>
 * PROGRAM                  CPU%  RUNS/S  A RUN MISSED  INSNS
 * inet_sock_set_state       0.3   3,012   1 us      0  1,204
 * sock_send_length       off: the kernel lacks it (ENOENT)
 * </pre>
 */
final class ProgramFacts {
    private static final String LINE = "%-22s %6s %7s %6s %6s %6s";
    private static final String UNMEASURED =
            "time is measured while this view is open, from the second sample on, with CAP_SYS_ADMIN";
    private static final String UNRECORDED = "- : not measured when this was recorded";
    private static final int NAME = 22;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EINVAL = 22;
    private static final int EOPNOTSUPP = 95;

    private ProgramFacts() {}

    /** {@code replay}: they are of a recording, so that nothing can be measured any more. */
    static void of(Facts facts, Meters meters, ProgramRates rates, boolean replay) {
        List<Meters.Program> programs = meters.programs();
        if (programs.isEmpty()) {
            return;
        }
        facts.section("Programs in the kernel");
        facts.line(
                String.format(Locale.ROOT, LINE, "PROGRAM", "CPU%", "RUNS/S", "A RUN", "MISSED", "INSNS"), Style.DIM);
        double all = 0;
        for (int i = 0; i < programs.size(); i++) {
            line(facts, programs.get(i), rates, i);
            all += programs.get(i).error() == 0 ? rates.cpuPercent(i) : 0;
        }
        String unknown = replay ? UNRECORDED : UNMEASURED;
        String known = Facts.amount(QualityFields.RETRANS_PCT, all) + " % of one core, in whoever runs there";
        facts.add("all", rates.known() ? known : unknown);
    }

    private static void line(Facts facts, Meters.Program program, ProgramRates rates, int index) {
        if (program.error() != 0) {
            String why = String.format(Locale.ROOT, "%-22s off: %s", name(program), why(program.error()));
            facts.line(why, Style.WARN);
            return;
        }
        String insns = program.instructions() == 0 ? "-" : MeterFacts.exact(program.instructions());
        facts.line(
                String.format(
                        Locale.ROOT,
                        LINE,
                        name(program),
                        Facts.amount(QualityFields.RETRANS_PCT, rates.cpuPercent(index)),
                        Facts.amount(CountFields.OPEN_RATE, rates.runsPerSecond(index)),
                        time(rates.nanosPerRun(index)),
                        MeterFacts.exact(program.misses()),
                        insns),
                program.misses() > 0 ? Style.WARN : Style.PLAIN);
    }

    private static String name(Meters.Program program) {
        String name = program.name().value();
        return name.length() > NAME ? name.substring(0, NAME) : name;
    }

    private static String time(double nanos) {
        return nanos < NANOS_PER_MICRO
                ? Math.round(nanos) + " ns"
                : Facts.amount(QualityFields.RTT, nanos / NANOS_PER_MICRO);
    }

    private static String why(int errno) {
        return switch (errno) {
            case EPERM -> "not permitted (EPERM)";
            case ENOENT -> "the kernel lacks it (ENOENT)";
            case EACCES -> "the verifier refuses it";
            case EINVAL -> "the kernel refuses it (EINVAL)";
            case EOPNOTSUPP -> "not supported here";
            default -> "error " + errno;
        };
    }
}
