package shawk.view.http;

/**
 * Bounds of the server; those of a head are {@link RequestParser}'s.
 *
 * @param connections at once; a further one takes the place of the one that has kept it waiting for longest
 * @param requests on a connection
 * @param idleNanos without a request begun
 * @param headNanos from the first byte of a head to its last
 * @param answerNanos for an answer to be read
 * @param lingerNanos for what a client is still sending that was answered before its end
 */
record HttpLimits(int connections, int requests, long idleNanos, long headNanos, long answerNanos, long lingerNanos) {
    private static final long SECOND = 1_000_000_000;

    static final HttpLimits USUAL = new HttpLimits(64, 1_000, 30 * SECOND, 5 * SECOND, 20 * SECOND, SECOND);
}
