package shawk.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code shawk install-service --remove}. One thread. */
final class ServiceRemoval {
    private static final Path ENABLED = Path.of("etc/systemd/system/multi-user.target.wants");

    /** What the service and the embedded PostgreSQL of root keep; both may belong to the user. */
    private static final List<Path> DATA = List.of(Path.of("var/lib/shawk-probe"), Path.of("var/lib/shawk"));

    private final ServiceTree tree;
    private final List<ServiceItem> items;
    private final @Nullable ServiceHost host;
    private final InstallServiceCommand.Lines lines;

    /**
     * @param items what could have been installed
     * @param host null = another root than this host's: files alone
     */
    ServiceRemoval(
            ServiceTree tree, List<ServiceItem> items, @Nullable ServiceHost host, InstallServiceCommand.Lines lines) {
        this.tree = tree;
        this.items = items;
        this.host = host;
        this.lines = lines;
    }

    void run() throws Failure, IOException {
        for (String unit : ServiceItems.UNITS) {
            if (InstallServiceCommand.there(tree.place(ENABLED.resolve(unit))) || runs(unit)) {
                throw Failure.missing("the service is enabled or runs; nothing was removed. Type first: systemctl"
                        + " disable --now " + unit);
            }
        }
        boolean changed = removeFiles();
        if (host != null) {
            InstallServiceCommand.tellSystemd(host, changed, lines);
            changed |= removeUser(host);
        }
        if (!changed) {
            lines.say("nothing to do: nothing of it is there");
        }
    }

    private boolean runs(String unit) {
        return host != null
                && host.systemd()
                && host.run(List.of("/usr/bin/systemctl", "is-active", "--quiet", unit))
                        .isEmpty();
    }

    private boolean removeFiles() throws IOException {
        FolderNote folders = FolderNote.query(tree, items);
        boolean changed = false;
        for (ServiceItem item : items) {
            Path place = tree.place(item.path());
            if (tree.obstacle(item.path()) != null) {
                continue;
            }
            switch (tree.query(item)) {
                case ABSENT -> {}
                case FOREIGN ->
                    lines.say("left " + place + ": shawk install-service did not write it"
                            + (item instanceof ServiceItem.Link ? " for this clone" : ""));
                case SAME, OURS -> {
                    FileFailure.in(place, () -> tree.remove(item));
                    lines.say("removed " + place);
                    changed = true;
                }
            }
        }
        for (Path folder : folders.innermostFirst()) {
            if (tree.obstacle(folder) == null && tree.removeFolder(folder)) {
                lines.say("removed " + tree.place(folder));
                changed = true;
            }
        }
        return changed;
    }

    /** Files must not be left to whoever gets that number next. */
    private boolean removeUser(ServiceHost of) throws IOException {
        if (ServiceUser.find(of.queryUsers()) != ServiceUser.OURS) {
            return false;
        }
        for (Path data : DATA) {
            Path place = tree.place(data);
            if (InstallServiceCommand.there(place)) {
                lines.say("left the user " + ServiceUser.NAME + ", since there are data in " + place);
                return false;
            }
        }
        String trouble = of.run(ServiceUser.REMOVE);
        lines.say(
                trouble.isEmpty()
                        ? "removed the system user " + ServiceUser.NAME
                        : "left the user " + ServiceUser.NAME + " (" + trouble + ")");
        return trouble.isEmpty();
    }
}
