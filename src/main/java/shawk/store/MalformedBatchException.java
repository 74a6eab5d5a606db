package shawk.store;

/** Bytes are not a batch as this program writes it. The message says where. */
public final class MalformedBatchException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedBatchException(String message) {
        super(message);
    }
}
