package shawk.look;

/**
 * An edge of a walk.
 *
 * @param edge what was found
 * @param up whether it was come upon at its server, and leads on to its client
 * @param level how far from where the look began, from 1
 */
public record Found(Edge edge, boolean up, int level) {
    /** The end that it was come upon at. */
    public End near() {
        return up ? edge.server() : edge.client();
    }

    /** The other end. */
    public End far() {
        return up ? edge.client() : edge.server();
    }
}
