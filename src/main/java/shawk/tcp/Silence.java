package shawk.tcp;

/**
 * In place of a conversation that is over, while the connection is still known: that one may hold much, and there are
 * many.
 */
enum Silence implements Conversation {
    INSTANCE;

    @Override
    public int take(boolean toServer, byte[] bytes, int from, int to, long micros) {
        return to - from;
    }

    @Override
    public void gap(boolean toServer, long length, long micros) {
        // Nobody hears of it.
    }

    @Override
    public void end(End end, long micros) {
        // It has ended.
    }
}
