package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import shawk.doctor.Facts;
import shawk.doctor.Forms;
import shawk.doctor.Report;
import shawk.view.tui.TuiOptions;

/** {@code shawk doctor}: looks, decides, prints. What fails on the way is a finding. */
final class DoctorCommand {
    private final DoctorSettings settings;
    private final Main.Opener opener;

    DoctorCommand(DoctorSettings settings, Main.Opener opener) {
        this.settings = settings;
        this.opener = opener;
    }

    /** Returns the exit status: whether live connections with their owners can be shown. */
    int run(OutputStream out) throws IOException {
        Environment environment;
        String failure = "";
        try {
            environment = Environment.query();
        } catch (Failure e) {
            environment = Environment.queryOwn();
            failure = e.line();
        }
        Facts facts = new HostFacts(environment, failure).query(settings.view(), opener);
        Report report = Report.of(facts);
        String text = settings.json()
                ? Forms.json(report, Versions.query().of("shawk"))
                : Forms.text(report, TuiOptions.ascii(environment.variables()), settings.color());
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return report.works() ? ExitStatus.OK : ExitStatus.MISSING;
    }
}
