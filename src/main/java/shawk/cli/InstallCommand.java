package shawk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code shawk install-service}: carries an {@link InstallPlan} out below a root, or takes it back. What belongs to
 * somebody else is neither written over nor removed; what is there already is left as it is.
 */
final class InstallCommand {
    private static final int MOST_BYTES = 1 << 20;
    private static final String UNIT = "shawk-probe.service";
    private static final String WANTED = "etc/systemd/system/multi-user.target.wants/" + UNIT;

    private final InstallPlan plan;
    private final Path root;
    private final StringBuilder out = new StringBuilder();

    /** {@code root} is {@code /} but in images and tests. */
    InstallCommand(InstallPlan plan, Path root) {
        this.plan = plan;
        this.root = root;
    }

    /** Plans for this clone, and does what the options say; returns what is to be printed. */
    static String run(Arguments arguments, Map<String, String> variables, boolean isRoot) throws Failure {
        String typed = arguments.value(Opt.ROOT);
        if (typed != null && !Files.isDirectory(path(typed))) {
            throw Failure.usage(Opt.ROOT.longName() + " " + Failure.quote(typed) + " is no folder; make it first");
        }
        if (typed == null && !isRoot) {
            throw Failure.missing("a service is installed by root; type: sudo shawk install-service");
        }
        Path clone = queryClone();
        Path root = typed == null ? Path.of("/") : path(typed).toAbsolutePath();
        InstallPlan plan = InstallPlan.of(clone, pages(clone), variables.getOrDefault("JAVA_HOME", ""), completions());
        InstallCommand command = new InstallCommand(plan, root);
        if (arguments.has(Opt.REMOVE)) {
            return command.remove();
        }
        checkReadable(clone.resolve("shawk"));
        return command.install();
    }

    private static Path path(String typed) throws Failure {
        if (typed.isEmpty() || typed.indexOf('\0') >= 0) {
            throw Failure.usage(Opt.ROOT.longName() + " needs a folder; type " + Opt.ROOT.longName() + " /mnt");
        }
        return Path.of(typed);
    }

    private static Map<String, String> completions() throws Failure {
        Map<String, String> scripts = new TreeMap<>();
        for (String shell : List.of("bash", "zsh")) {
            scripts.put(shell, Completion.text(List.of(shell)));
        }
        return scripts;
    }

    /** The folder that holds the launcher. */
    private static Path queryClone() throws Failure {
        String built = System.getProperty("shawk.native.dir", "");
        Path clone = built.isEmpty() ? null : Path.of(built).resolve("../..").normalize();
        if (clone == null || !Files.isExecutable(clone.resolve("shawk"))) {
            throw Failure.missing("a service is installed out of a clone; start shawk by the file shawk in its clone");
        }
        return clone;
    }

    private static List<String> pages(Path clone) throws Failure {
        try (Stream<Path> files = Files.list(clone.resolve("man"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("[a-z-]+\\.[1-8]"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.missing("the clone's manual pages cannot be read: " + FileTrouble.text(e));
        }
    }

    /** The service is nobody's: it can start only what everybody may read. */
    private static void checkReadable(Path launcher) throws Failure {
        try {
            for (Path each = launcher; each != null; each = each.getParent()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                if (mode.charAt(8) != 'x') {
                    throw Failure.missing("the service could not start " + Failure.quote(launcher.toString()) + ": "
                            + Failure.quote(each.toString()) + " is closed to other users; move the clone to /opt, or"
                            + " open that");
                }
            }
        } catch (IOException e) {
            throw Failure.missing(Failure.quote(launcher.toString()) + ": " + FileTrouble.text(e));
        }
    }

    /** Installs; returns a line for each thing. */
    String install() throws Failure {
        checkForeign();
        for (InstallPlan.File file : plan.files()) {
            write(file);
        }
        for (InstallPlan.Link link : plan.links()) {
            link(link);
        }
        if (root.equals(Path.of("/"))) {
            out.append("now type: systemctl daemon-reload && systemctl enable --now " + UNIT + '\n');
        }
        return out.toString();
    }

    /** Before anything is written: all or nothing. */
    private void checkForeign() throws Failure {
        List<String> foreign = new ArrayList<>();
        for (InstallPlan.File file : plan.files()) {
            if (!file.settings() && isForeign(file)) {
                foreign.add(file.path());
            }
        }
        for (InstallPlan.Link link : plan.links()) {
            Path path = root.resolve(link.path());
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !link.target().equals(target(path))) {
                foreign.add(link.path());
            }
        }
        if (!foreign.isEmpty()) {
            throw Failure.missing(Failure.quote(root.resolve(foreign.get(0)).toString())
                    + (foreign.size() > 1 ? " and " + (foreign.size() - 1) + " more" : "")
                    + " is not from this clone, and is not written over; remove it first");
        }
    }

    private boolean isForeign(InstallPlan.File file) throws Failure {
        String there = content(root.resolve(file.path()));
        return there != null && !there.contains(InstallPlan.MARK);
    }

    /** What a regular file holds; null = there is nothing, the empty text = something else has its name. */
    private static @Nullable String content(Path path) throws Failure {
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
            return regular && Files.size(path) <= MOST_BYTES
                    ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            throw Failure.missing(Failure.quote(path.toString()) + ": " + FileTrouble.text(e));
        }
    }

    private static @Nullable Path target(Path path) {
        try {
            return Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private void write(InstallPlan.File file) throws Failure {
        Path path = root.resolve(file.path());
        String there = content(path);
        if (there != null && (file.settings() || there.equals(file.content()))) {
            say(file.settings() && !there.equals(file.content()) ? "left as it is" : "up to date", path);
            return;
        }
        try {
            folders(path);
            Path temporary = path.resolveSibling("." + path.getFileName() + ".new");
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, file.content());
            Files.setPosixFilePermissions(
                    temporary, PosixFilePermissions.fromString(file.secret() ? "rw-------" : "rw-r--r--"));
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.missing("cannot write " + Failure.quote(path.toString()) + ": " + FileTrouble.text(e));
        }
        say(there == null ? "wrote" : "brought up to date", path);
    }

    private void link(InstallPlan.Link link) throws Failure {
        Path path = root.resolve(link.path());
        if (link.target().equals(target(path))) {
            say("up to date", path);
            return;
        }
        try {
            folders(path);
            Files.createSymbolicLink(path, link.target());
        } catch (IOException e) {
            throw Failure.missing("cannot link " + Failure.quote(path.toString()) + ": " + FileTrouble.text(e));
        }
        say("linked", path);
    }

    /** The folders above {@code path}, open to all whatever the caller's umask is. */
    private void folders(Path path) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path each = path.getParent(); each != null && !Files.isDirectory(each); each = each.getParent()) {
            missing.add(0, each);
        }
        for (Path each : missing) {
            Files.createDirectory(each);
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Takes back what {@link #install} did; returns a line for each thing. */
    String remove() throws Failure {
        for (InstallPlan.File file : plan.files()) {
            Path path = root.resolve(file.path());
            String there = content(path);
            if (there == null) {
                continue;
            }
            boolean ours = file.settings() ? there.equals(file.content()) : there.contains(InstallPlan.MARK);
            take(path, ours);
        }
        for (InstallPlan.Link link : plan.links()) {
            Path path = root.resolve(link.path());
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                take(path, link.target().equals(target(path)));
            }
        }
        unwant();
        if (out.length() == 0) {
            out.append("nothing was installed\n");
        } else if (root.equals(Path.of("/"))) {
            out.append("what runs goes on; type: systemctl stop " + UNIT + "; systemctl daemon-reload\n");
        }
        return out.toString();
    }

    /** What {@code systemctl enable} linked. */
    private void unwant() throws Failure {
        Path wanted = root.resolve(WANTED);
        Path target = target(wanted);
        if (target != null && target.equals(Path.of("/").resolve(InstallPlan.UNIT))) {
            take(wanted, true);
        }
    }

    private void take(Path path, boolean ours) throws Failure {
        if (!ours) {
            say("left, since it was changed or is not from this clone:", path);
            return;
        }
        try {
            Files.delete(path);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw Failure.missing("cannot remove " + Failure.quote(path.toString()) + ": " + FileTrouble.text(e));
        }
        say("removed", path);
    }

    private void say(String what, Path path) {
        out.append(what).append(' ').append(Failure.plain(path.toString())).append('\n');
    }
}
