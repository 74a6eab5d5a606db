package shawk.zk.proto;

/**
 * What one direction of the client protocol knows of its messages. A frame is the length in 4 bytes and as many bytes
 * behind it; {@code at} is where its length stands.
 */
interface FrameReader {
    /** No program would send that. */
    int NO = -1;

    /** It may be one: there is too little of it. */
    int MORE = 0;

    /** Bytes behind the length that there are at least. */
    int least();

    /**
     * How long a frame is, its length included, that stands where nobody knows whether one does.
     *
     * @param first whether nothing of the stream comes before it
     * @return {@link #NO}, {@link #MORE}
     */
    int believe(byte[] bytes, int at, int to, boolean first);

    /**
     * Whether a frame that is there as a whole is the one that was to come by its number, and can be read, though it
     * says what few programs say.
     */
    boolean isExpected(byte[] bytes, int at, int end);

    /** Whether what is there of a frame that may be one speaks for it, and not only not against it. */
    boolean isFirm(byte[] bytes, int at, int to);

    /** Whether all of a believed frame could be judged, its record too. */
    boolean isJudged(byte[] bytes, int at);

    /** Whether it has a number that goes up from one to the next. */
    boolean isNumbered(byte[] bytes, int at);

    /** Whether a believed frame can come soon after the numbered one at {@code before}. */
    boolean follows(byte[] bytes, int before, int at);

    /**
     * Whether a single believed frame, with nothing behind it, is enough to go on from.
     *
     * @param lost frames that may have been missed since the last one; -1 = nothing is known
     */
    boolean isEnough(byte[] bytes, int at, boolean startsSegment, long lost);

    /**
     * A frame.
     *
     * @param from where it begins behind its length
     * @return false = it is malformed, and has been said to be
     */
    boolean frame(byte[] bytes, int from, int to, long micros, boolean first);

    /** Whether a frame that is too large is one all the same, by its first {@link #HEAD} bytes; it is noted. */
    boolean passes(byte[] bytes, int at, int length, long micros);

    /** Bytes of a frame that {@link #passes} looks at. */
    int HEAD = 24;
}
