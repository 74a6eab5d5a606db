package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code shawk install-service}: puts the systemd unit of the probe, the manual pages, completion and a link to the
 * launcher into the system, or takes them away. It looks at everything before it changes anything, says each change in
 * a line, and neither enables nor starts the service. One thread.
 */
final class InstallServiceCommand {
    private static final Path SLASH = Path.of("/");

    private final Path home;
    private final @Nullable String java;
    private final ServiceHost host;
    private final OutputStream out;

    /**
     * @param home the clone, an absolute path without links
     * @param java the JDK that the clone was built with, an absolute path; null = the usual one
     * @param out what was done, a line each
     */
    InstallServiceCommand(Path home, @Nullable String java, ServiceHost host, OutputStream out) {
        this.home = home;
        this.java = java;
        this.host = host;
        this.out = out;
    }

    /**
     * The exit status.
     *
     * @param typed another root than that of this host; null = this host's
     */
    int run(@Nullable String typed, boolean remove) throws Failure, IOException {
        Path root = typed == null ? SLASH : folder(typed);
        boolean live = root.equals(SLASH);
        if (live && !host.root()) {
            throw Failure.missing("what belongs to the system is root's to write; type: sudo " + home
                    + "/shawk install-service" + (remove ? " --remove" : ""));
        }
        ServiceTree tree = new ServiceTree(root);
        List<ServiceItem> items = ServiceItems.query(home, java);
        try {
            if (remove) {
                new ServiceRemoval(tree, items, live ? host : null, this::say).run();
            } else {
                install(tree, items, live);
            }
        } catch (FileFailure e) {
            throw Failure.missing(e.line() + "; what was done is said above, and can be done again");
        }
        return ExitStatus.OK;
    }

    private static Path folder(String typed) throws Failure {
        try {
            Path root = Path.of(typed).toAbsolutePath();
            if (Files.isDirectory(root)) {
                return root.toRealPath();
            }
        } catch (InvalidPathException | IOException e) {
            // As one that is not there.
        }
        throw Failure.usage(
                Opt.ROOT.longName() + " " + Failure.quote(typed) + ": there is no such folder; make it" + " first");
    }

    private void install(ServiceTree tree, List<ServiceItem> items, boolean live) throws Failure, IOException {
        if (live) {
            checkClone();
        }
        ServiceUser user = ServiceUser.find(live ? host.queryUsers() : "");
        if (user == ServiceUser.TAKEN) {
            throw Failure.missing("the user " + ServiceUser.NAME + " is somebody who can log in, and the service needs"
                    + " one of its own by that name; rename that user");
        }
        List<ServiceItem> missing = new ArrayList<>();
        for (ServiceItem item : items) {
            Path obstacle = tree.obstacle(item.path());
            if (obstacle != null) {
                throw Failure.missing(obstacle + " is no folder of this system; nothing was written: move it away");
            }
            if (tree.query(item) == ServiceTree.State.FOREIGN) {
                Path place = tree.place(item.path());
                throw Failure.missing(place + " is there, and shawk install-service did not write it"
                        + (item instanceof ServiceItem.Link ? " for this clone" : "")
                        + "; nothing was written. Type, if nothing needs it: rm " + place);
            }
        }
        boolean changed = live && user == ServiceUser.ABSENT && makeUser();
        FolderNote folders = FolderNote.query(tree, items);
        for (ServiceItem item : folders.noted(items)) {
            if (tree.query(item) != ServiceTree.State.SAME) {
                missing.add(item);
            }
        }
        changed |= write(tree, items, missing, folders);
        if (live) {
            tellSystemd(host, changed, this::say);
        }
        if (!changed) {
            say("nothing to do: all is there as it should be");
        }
        sayHowToStart(live);
    }

    private boolean write(ServiceTree tree, List<ServiceItem> items, List<ServiceItem> missing, FolderNote folders)
            throws IOException, Failure {
        for (ServiceItem item : missing) {
            List<Path> made = new ArrayList<>();
            FileFailure.in(tree.place(item.path()), () -> tree.makeFolders(item, made));
            for (Path folder : made) {
                folders.add(folder);
                say("made " + tree.place(folder));
            }
        }
        // Only now are all folders known that the unit tells of.
        for (ServiceItem item : folders.noted(items)) {
            if (tree.query(item) != ServiceTree.State.SAME) {
                FileFailure.in(tree.place(item.path()), () -> tree.write(item));
                String target = item instanceof ServiceItem.Link link ? " -> " + link.target() : "";
                say("wrote " + tree.place(item.path()) + target);
            }
        }
        return !missing.isEmpty();
    }

    private void checkClone() throws Failure, IOException {
        List<String> troubles = new ArrayList<>();
        FileFailure.in(home, () -> troubles.addAll(CloneCheck.query(home)));
        if (!troubles.isEmpty()) {
            throw Failure.missing(troubles.get(0));
        }
        String owner = CloneCheck.owner(home);
        if (owner != null) {
            say("the clone belongs to " + owner + ", who can thereby do what the service may; type, to have it"
                    + " otherwise: chown -R root:root " + home);
        }
    }

    private boolean makeUser() throws Failure, IOException {
        String trouble = host.run(ServiceUser.MAKE);
        if (!trouble.isEmpty()) {
            throw Failure.missing("no user could be made for the service (" + trouble + "); type: "
                    + String.join(" ", ServiceUser.MAKE).replace(ServiceItems.USER_COMMENT, "'shawk probe'"));
        }
        say("made the system user " + ServiceUser.NAME);
        return true;
    }

    /** A unit that has changed is none to systemd before that. */
    static void tellSystemd(ServiceHost host, boolean changed, Lines lines) throws IOException {
        if (changed && host.systemd()) {
            String trouble = host.run(List.of("/usr/bin/systemctl", "daemon-reload"));
            lines.say(
                    trouble.isEmpty()
                            ? "told systemd: systemctl daemon-reload"
                            : "systemd could not be told (" + trouble + "); type: systemctl daemon-reload");
        }
    }

    private void sayHowToStart(boolean live) throws IOException {
        if (live) {
            say("settings go into /etc/default/shawk, as SHAWK_CMDB_URL=… (chmod 600 where a password is in it)");
            say("to start it, now and with the host, type: systemctl enable --now " + ServiceItems.UNIT);
        }
    }

    private void say(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Takes a line for a person. */
    @FunctionalInterface
    interface Lines {
        void say(String line) throws IOException;
    }

    /** Whether something stands at {@code path}, a link that leads nowhere too. */
    static boolean there(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
