package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import shawk.view.zk.ByteOut;
import shawk.view.zk.MessagePrinter;
import shawk.view.zk.TablePrinter;
import shawk.view.zk.TableSpec;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;

/** {@code shawk zk dump}: messages of clients and servers as they pass, or tables of them. */
final class ZkDumpCommand {
    private final ZkDumpSettings settings;
    private final ZkOpener opener;
    private final Notices notices;
    private final DebugLog log;
    private final ByteOut bytes = new ByteOut();

    ZkDumpCommand(ZkDumpSettings settings, ZkOpener opener, Notices notices, DebugLog log) {
        this.settings = settings;
        this.opener = opener;
        this.notices = notices;
        this.log = log;
    }

    /**
     * Runs until there is enough, the file ends or a signal comes.
     *
     * @param progress where a bar shows how far it is; null = nowhere
     * @return the exit status
     */
    int run(OutputStream out, @Nullable PrintStream progress) throws Failure, IOException {
        TableSpec table = settings.table();
        return table == null ? print(out) : add(table, out, progress);
    }

    private int print(OutputStream out) throws Failure, IOException {
        long most = settings.count() == 0 ? Long.MAX_VALUE : settings.count();
        MessagePrinter printer = new MessagePrinter(settings.output(), bytes, settings.filter(), most);
        printer.begin();
        try {
            Stops stops = zkRun().run(dissector(printer), (micros, state) -> {
                bytes.flush(out);
                return !printer.isFull();
            });
            return stops.status(settings.capture().live() && settings.count() == 0);
        } finally {
            printer.end();
            bytes.flush(out);
        }
    }

    private int add(TableSpec table, OutputStream out, @Nullable PrintStream progress) throws Failure, IOException {
        TablePrinter printer =
                new TablePrinter(table, settings.filter(), settings.capture().pings());
        ProgressBar bar = new ProgressBar(progress, table.most());
        try {
            Stops stops = zkRun().run(dissector(printer), (micros, state) -> {
                bar.show(printer.seen());
                return !printer.isFull();
            });
            return printer.isFull() ? ExitStatus.OK : stops.status(false);
        } finally {
            bar.clear();
            printer.write(bytes);
            bytes.flush(out);
        }
    }

    private ZkRun zkRun() {
        return new ZkRun(settings.capture(), opener, notices, log);
    }

    private Dissector dissector(MessageSink sink) {
        CaptureSettings capture = settings.capture();
        return new Dissector(capture.portSet(), new Ports(), new Ports(), capture.limits(), sink);
    }
}
