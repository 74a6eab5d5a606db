package shawk.zk.proto;

import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.Conversations;

/** Takes every connection for one of ZAB. Used by one thread. */
record ZabConversations(DecodeLimits limits, MessageSink sink) implements Conversations {
    @Override
    public Conversation open(Connection connection, boolean whole, ByteLedger ledger, long micros) {
        return new ZabConversation(connection, whole, ledger, limits, sink);
    }
}
