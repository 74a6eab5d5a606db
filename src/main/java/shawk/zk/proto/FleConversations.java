package shawk.zk.proto;

import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.Conversations;

/** Takes every connection for one of an election. Used by one thread. */
record FleConversations(DecodeLimits limits, MessageSink sink) implements Conversations {
    @Override
    public Conversation open(Connection connection, boolean whole, ByteLedger ledger, long micros) {
        return new FleConversation(connection, whole, ledger, sink);
    }
}
