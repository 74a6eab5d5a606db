package shawk.cli;

import org.jspecify.annotations.Nullable;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.Conversations;

/** Of all conversations those whose client is at one port. */
record OneClientPort(Conversations all, int port) implements Conversations {
    @Override
    public @Nullable Conversation open(Connection connection, boolean whole, ByteLedger ledger, long micros) {
        return connection.clientPort() == port ? all.open(connection, whole, ledger, micros) : null;
    }

    @Override
    public void finish() {
        all.finish();
    }

    @Override
    public boolean mayWant(int one, int other) {
        return (one == port || other == port) && all.mayWant(one, other);
    }

    @Override
    public boolean isServerPort(int candidate) {
        return all.isServerPort(candidate);
    }
}
