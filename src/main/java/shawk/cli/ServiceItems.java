package shawk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is installed, out of a clone: all below /usr/local, where nothing of a package lies. */
final class ServiceItems {
    static final String UNIT = "shawk-probe.service";

    static final String ZK_STATS_UNIT = "shawk-zk-stats.service";

    /** The units, of which none is started by being there. */
    static final List<String> UNITS = List.of(UNIT, ZK_STATS_UNIT);

    /** Where systemd looks, and where what an administrator writes under /etc stands before it. */
    static final Path UNIT_PATH = Path.of("usr/local/lib/systemd/system", UNIT);

    static final Path LAUNCHER = Path.of("usr/local/bin/shawk");

    /** The full name in the user table; ours by that. */
    static final String USER_COMMENT = "shawk probe";

    private static final String MARK = "Written by shawk install-service, which overwrites and removes this file.";
    private static final String HASH = "# ";

    /** Words of a unit file that mean nothing but themselves. */
    private static final String PLAIN_PATH = "/[A-Za-z0-9/._+@:,~=-]*";

    private ServiceItems() {}

    /**
     * Of a clone.
     *
     * @param home its absolute path
     * @param java the JDK that it was built with, an absolute path; null = the usual one
     */
    static List<ServiceItem> query(Path home, @Nullable String java) throws Failure {
        String jdk = java == null ? "" : "Environment=JAVA_HOME=" + java + "\n";
        if (java != null && !java.matches(PLAIN_PATH)) {
            throw Failure.missing("JAVA_HOME=" + Failure.quote(java)
                    + ": a unit file takes no such path as it is; unset" + " it, or set it to another");
        }
        if (!home.toString().matches(PLAIN_PATH)) {
            throw Failure.missing(Failure.quote(home.toString()) + ": a unit file takes no such path as it is; move"
                    + " the clone, as to /opt/shawk");
        }
        List<ServiceItem> items = new ArrayList<>();
        for (String unit : UNITS) {
            items.add(text(
                    UNIT_PATH.resolveSibling(unit),
                    HASH,
                    queryUnit(unit).replace("@clone@", home.toString()).replace("@java@\n", jdk)));
        }
        items.add(text(
                Path.of("usr/local/lib/sysusers.d/shawk.conf"),
                HASH,
                "# The user of " + UNIT + ".\nu shawk - \"" + USER_COMMENT + "\"\n"));
        items.add(text(
                Path.of("usr/local/share/bash-completion/completions/shawk"),
                HASH,
                Completion.text(List.of(Completion.Shell.BASH.id()))));
        items.add(text(
                Path.of("usr/local/share/zsh/site-functions/_shawk"),
                HASH,
                Completion.text(List.of(Completion.Shell.ZSH.id()))));
        items.addAll(queryPages(home.resolve("man")));
        items.add(new ServiceItem.Link(LAUNCHER, home.resolve("shawk")));
        for (Command command : Command.values()) {
            for (String link : command.links()) {
                items.add(new ServiceItem.Link(LAUNCHER.resolveSibling(link), home.resolve("shawk")));
            }
        }
        return items;
    }

    /** The mark is the second line: the first one tells zsh what the file is. */
    private static ServiceItem.Text text(Path path, String comment, String text) {
        String mark = comment + MARK;
        int second = text.indexOf('\n') + 1;
        return new ServiceItem.Text(path, mark, text.substring(0, second) + mark + "\n" + text.substring(second));
    }

    private static String queryUnit(String unit) {
        try (InputStream in = ServiceItems.class.getResourceAsStream(unit)) {
            if (in == null) {
                throw new IllegalStateException(unit + " is missing in the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(unit + " cannot be read", e);
        }
    }

    private static List<ServiceItem> queryPages(Path folder) throws Failure {
        List<ServiceItem> pages = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "shawk*.[1-8]")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                Path section = Path.of("usr/local/share/man", "man" + name.charAt(name.length() - 1));
                pages.add(text(section.resolve(name), ".\\\" ", Files.readString(file)));
            }
        } catch (IOException e) {
            throw Failure.missing("the manual pages in " + folder + " cannot be read: " + FileTrouble.text(e)
                    + "; is the clone complete?");
        }
        if (pages.isEmpty()) {
            throw Failure.missing("there are no manual pages in " + folder + "; is the clone complete?");
        }
        pages.sort((a, b) -> a.path().compareTo(b.path()));
        return pages;
    }
}
