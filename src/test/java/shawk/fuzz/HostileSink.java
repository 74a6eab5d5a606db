package shawk.fuzz;

import shawk.zk.proto.BodyVisitor;
import shawk.zk.proto.BodyWalker;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;

/** Looks at every part of each message, as printers do, and checks what is true of all of them. */
final class HostileSink implements MessageSink, BodyVisitor {
    long messages;
    long notes;
    private int depth;
    private long seen;

    @Override
    public void message(Message message) {
        if (message.kind == Kind.NOTE) {
            notes++;
            check(!message.text.isEmpty(), "a note says nothing");
            return;
        }
        messages++;
        check(message);
        depth = 0;
        BodyWalker.walk(message, this);
        check(depth == 0, "what begins does not end");
        if (message.request != null) {
            check(message.request);
            BodyWalker.walk(message.request, this);
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        check(request);
    }

    private static void check(Message message) {
        check(0 <= message.from && message.from <= message.to && message.to <= message.bytes.length, "bytes");
        check(message.size >= 0, "size");
        check(message.connection != null, "connection");
        if (message.pathFrom >= 0) {
            check(message.pathFrom >= message.from && message.pathLength >= 0, "path");
            check(message.pathFrom + message.pathLength <= message.to, "path ends outside");
        }
        if (message.body != null) {
            check(message.bodyFrom >= message.from && message.bodyFrom <= message.to, "body");
        }
    }

    static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private void inside(byte[] bytes, int from, int length) {
        check(length == -1 || length >= 0 && from >= 0 && from <= bytes.length - length, "a field lies outside");
        seen += length;
    }

    /** Keeps what is read from being optimised away. */
    long seen() {
        return seen;
    }

    @Override
    public void beginRecord(String name) {
        depth++;
    }

    @Override
    public void endRecord() {
        depth--;
    }

    @Override
    public void beginVector(String name, int count) {
        check(count >= -1, "count");
        depth++;
    }

    @Override
    public void endVector() {
        depth--;
    }

    @Override
    public void number(String name, long value) {
        seen += value;
    }

    @Override
    public void truth(String name, boolean value) {}

    @Override
    public void id(String name, long value) {
        seen += value;
    }

    @Override
    public void text(String name, byte[] bytes, int from, int length) {
        inside(bytes, from, length);
    }

    @Override
    public void buffer(String name, byte[] bytes, int from, int length) {
        inside(bytes, from, length);
    }

    @Override
    public void secret(String name, String scheme, byte[] bytes, int from, int length) {
        inside(bytes, from, length);
    }

    @Override
    public void word(String name, String constant) {}
}
