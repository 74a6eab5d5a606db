package shawk.view.zk;

import shawk.zk.proto.BodyVisitor;
import shawk.zk.proto.BodyWalker;
import shawk.zk.proto.Message;

/** What a multi does, or what came of it, in a few words: {@code create /a, delete /b}. Used by one thread. */
final class MultiBrief implements BodyVisitor {
    private static final int MOST = 100;
    private static final String ERROR = "error";

    private final ByteOut out;
    private int depth;
    private int count;
    private boolean named;

    /** A result that says that its operation did not come about; why is not known yet. */
    private boolean failed;

    MultiBrief(ByteOut out) {
        this.out = out;
    }

    /** Writes those of {@code message}, whose body is a list of operations or results. */
    void write(Message message) {
        depth = 0;
        count = 0;
        if (message.body == null || !BodyWalker.walk(message, this)) {
            out.ascii("...");
        }
    }

    @Override
    public void beginRecord(String name) {
        depth++;
        named = false;
    }

    @Override
    public void endRecord() {
        depth--;
    }

    @Override
    public void beginVector(String name, int size) {
        depth++;
    }

    @Override
    public void endVector() {
        depth--;
        if (depth == 0 && count > MOST) {
            out.ascii(", ...");
        }
    }

    @Override
    public void number(String name, long value) {
        if (failed && name.equals("err")) {
            // Nothing was wrong with it: another one failed.
            out.ascii(value == 0 ? "rolled back" : ERROR);
            failed = false;
        }
    }

    @Override
    public void truth(String name, boolean value) {}

    @Override
    public void id(String name, long value) {}

    @Override
    public void text(String name, byte[] bytes, int from, int length) {
        if (depth == 2 && named && name.equals("path") && length >= 0 && count <= MOST) {
            out.ascii(' ').safe(bytes, from, length);
        }
    }

    @Override
    public void buffer(String name, byte[] bytes, int from, int length) {}

    @Override
    public void secret(String name, String scheme, byte[] bytes, int from, int length) {}

    @Override
    public void word(String name, String constant) {
        if (depth != 2 || ++count > MOST && !named) {
            return;
        }
        if (!named) {
            failed = constant.equals(ERROR);
            out.ascii(count == 1 ? "" : ", ").ascii(failed ? "" : constant);
            named = true;
        } else {
            count--;
            if (count <= MOST) {
                out.ascii(' ').ascii(constant);
            }
        }
    }
}
