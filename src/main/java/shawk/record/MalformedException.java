package shawk.record;

/** Bytes that are no recording, or one that was damaged. The message says what was found. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message, null, false, false);
    }
}
