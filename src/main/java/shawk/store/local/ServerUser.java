package shawk.store.local;

import java.util.List;

/** As whom the server runs: PostgreSQL refuses root. */
sealed interface ServerUser {
    /** What shawk-cmdb is told. */
    List<String> options();

    /** Who has to own the server's files; -1 = who runs this program. */
    default int uid() {
        return -1;
    }

    /** The group of the server's files; -1 = that of who runs this program. */
    default int gid() {
        return -1;
    }

    /** Whoever runs this program. */
    record Same() implements ServerUser {
        @Override
        public List<String> options() {
            return List.of();
        }
    }

    /** Another user; only root can. */
    record Other(int uid, int gid) implements ServerUser {
        @Override
        public List<String> options() {
            return List.of("--uid", String.valueOf(uid), "--gid", String.valueOf(gid));
        }
    }

    /**
     * Whoever runs this program, without any capability, and in a user namespace in which that is somebody else.
     *
     * @param id of that somebody, who has to stand in the user table
     */
    record InSpace(int id) implements ServerUser {
        @Override
        public List<String> options() {
            return List.of("--space", String.valueOf(id));
        }
    }
}
