package shawk.look;

/** Which way edges are followed. */
public enum Way {
    BOTH("both"),
    /** Towards clients: who depends on it. */
    UP("up"),
    /** Towards servers: what it depends on. */
    DOWN("down");

    private final String id;

    Way(String id) {
        this.id = id;
    }

    /** As it is typed. */
    public String id() {
        return id;
    }

    boolean up() {
        return this != DOWN;
    }

    boolean down() {
        return this != UP;
    }
}
