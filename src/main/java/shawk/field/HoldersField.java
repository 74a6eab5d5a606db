package shawk.field;

/**
 * All processes that hold a socket, out of {@link shawk.model.Snapshot#holders()}: a list, so only written out.
 *
 * @param id see {@link Field}
 * @param title see {@link Field}
 * @param width see {@link Field}
 * @param help see {@link Field}
 */
public record HoldersField(String id, String title, int width, String help) implements Field {
    @Override
    public boolean flushRight() {
        return false;
    }
}
