package shawk.view.zk;

import shawk.zk.proto.MessageSink.Unanswered;

/** Why a request has no reply, in words. */
final class Reasons {
    private Reasons() {}

    static String of(Unanswered why) {
        return switch (why) {
            case CLOSED -> "the connection ended";
            case TIMEOUT -> "it took too long";
            case CROWDED -> "too many wait";
            case GAP -> "bytes are missing";
            case DOUBT -> "its reply cannot be told from another's";
            case OVER -> "the capture ended";
        };
    }
}
