package shawk.store;

import shawk.model.SafeText;

/**
 * What stays of a process when it is started again: no pid is in it. Processes that are alike in it (workers, a server
 * that forks for each connection) are one. All texts empty: nobody knows which process it was.
 *
 * @param name comm of the thread-group leader, or the full name where comm was cut
 * @param exe path of the executable; empty = unknown
 * @param unit systemd's unit; empty = none, or unknown
 * @param container name of the container; empty = none, or unknown
 * @param user name of the effective user, or its number
 */
public record ProcessIdentity(SafeText name, SafeText exe, SafeText unit, SafeText container, SafeText user) {
    /** Nobody knows which. */
    public static final ProcessIdentity UNKNOWN =
            new ProcessIdentity(SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY);

    /** The id, the same on every host. */
    public long id() {
        return new Ids("process")
                .text(name.value())
                .text(exe.value())
                .text(unit.value())
                .text(container.value())
                .text(user.value())
                .id();
    }
}
