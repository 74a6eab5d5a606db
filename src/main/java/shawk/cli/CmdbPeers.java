package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.enrich.PeerLookup;
import shawk.enrich.PeerSource;
import shawk.expr.Filter;
import shawk.field.Field;
import shawk.field.PeerFields;
import shawk.model.PeerNames;
import shawk.model.SafeText;
import shawk.store.Evidence;
import shawk.store.local.Access;
import shawk.store.local.LocalServer;
import shawk.store.local.LocalServerException;
import shawk.store.pg.PgCmdb;

/**
 * Whom a run asks about the other ends of connections: the CMDB that the environment names, or the embedded one while
 * it runs; it is not started for that. Nothing is opened before somebody wants to know.
 */
final class CmdbPeers {
    private CmdbPeers() {}

    /** With {@code --redact} nobody is asked: names of other hosts are what it hides. */
    static PeerNames of(ViewSettings view, Environment environment, SafeText host) {
        return view.redaction() == null
                ? new PeerLookup(host, () -> open(environment), Evidence::of)
                : PeerNames.of(host);
    }

    /** Whether rows are shown, grouped, sorted or chosen by who is at their other end. */
    static boolean wanted(ViewSettings view) {
        List<Field> fields = view.fields();
        Filter filter = view.filter();
        return fields != null && fields.stream().anyMatch(CmdbPeers::isPeer)
                || view.groupBy().stream().anyMatch(CmdbPeers::isPeer)
                || view.sort().stream().anyMatch(key -> isPeer(key.field()))
                || filter != null && filter.fields().stream().anyMatch(CmdbPeers::isPeer);
    }

    private static boolean isPeer(Field field) {
        return field.equals(PeerFields.PEER_PROCESS) || field.equals(PeerFields.PEER_HOST);
    }

    private static PeerSource open(Environment environment) throws IOException {
        // What there is to say stands in the status line; a line of its own would be written over the screen.
        Notices unsaid = new Notices(new PrintStream(OutputStream.nullOutputStream()));
        try {
            CmdbChoice choice = CmdbChoice.of(environment, unsaid);
            if (choice.embedded() && !isRunning(environment)) {
                return new Opened(null);
            }
            return new Opened(choice.open(Access.READ));
        } catch (Failure e) {
            throw new IOException(e.line(), e);
        }
    }

    private static boolean isRunning(Environment environment) {
        try {
            return "ready"
                    .equals(LocalServer.of(environment.variables(), line -> {})
                            .status()
                            .phase());
        } catch (LocalServerException e) {
            return false;
        }
    }

    /** {@code cmdb}: null = there is none, and nobody is known. */
    private record Opened(@Nullable PgCmdb cmdb) implements PeerSource {
        @Override
        public List<Answer> query(List<Question> questions) throws IOException {
            return cmdb == null
                    ? questions.stream().map(each -> Answer.NOBODY).toList()
                    : cmdb.peers().query(questions);
        }

        @Override
        public void close() {
            if (cmdb != null) {
                cmdb.close();
            }
        }
    }
}
