package shawk.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import shawk.screen.Effect;
import shawk.screen.Shown;
import shawk.view.dump.Dump;
import shawk.view.dump.DumpSpec;
import shawk.view.dump.Format;

/** Writes what is on the screen into a new file for its owner's eyes; nothing is overwritten, no link followed. */
final class Exports {
    private Exports() {}

    /** Writes it; returns how many rows. A file that could not be finished is removed. */
    static long write(Effect.Export export) throws IOException {
        Path path = Path.of(export.file());
        Set<OpenOption> options =
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
        long rows;
        try (OutputStream out = new BufferedOutputStream(
                Channels.newOutputStream(Files.newByteChannel(path, options, PrivateFile.OWNER_ONLY)))) {
            rows = export.form().equals("txt") ? text(export.shown(), out) : data(export, out);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
        return rows;
    }

    private static long data(Effect.Export export, OutputStream out) throws IOException {
        Shown shown = export.shown();
        Format format = export.form().equals("json") ? Format.JSON : Format.CSV;
        boolean groups = !shown.groupBy().isEmpty();
        Dump dump = new Dump(
                new DumpSpec(format, shown.groupBy(), shown.fields(), groups, Long.MAX_VALUE, true, false, false, null),
                out);
        long[] rows = {0};
        dump.entries(
                shown.snapshot(),
                take -> shown.<IOException>each((level, index) -> {
                    take.entry(level, index);
                    rows[0]++;
                }));
        dump.end();
        return rows[0];
    }

    private static long text(Shown shown, OutputStream out) throws IOException {
        IOException[] failed = {null};
        long[] lines = {0};
        shown.lines(line -> {
            try {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                lines[0]++;
            } catch (IOException e) {
                failed[0] = failed[0] == null ? e : failed[0];
            }
        });
        if (failed[0] != null) {
            throw failed[0];
        }
        return lines[0] - 1;
    }
}
