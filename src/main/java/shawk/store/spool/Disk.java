package shawk.store.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The one folder of the file system that a spool works in. What a method did is durable only after
 * {@link DiskFile#sync} for content and {@link #syncFolder} for names. Used by one thread at a time, which is never
 * interrupted.
 */
interface Disk extends Closeable {
    /** Names of what is in the folder, in no order. */
    List<String> list() throws IOException;

    /** Makes a file that must not exist. */
    DiskFile create(String name) throws IOException;

    /** Opens a regular file that exists; a link is not followed. */
    DiskFile open(String name) throws IOException;

    /** Removes a file; one that is not there is fine. */
    void delete(String name) throws IOException;

    /** Gives a file another name, in place of what had that name before. */
    void rename(String from, String to) throws IOException;

    /** Makes names durable. */
    void syncFolder() throws IOException;

    /** An open file. */
    interface DiskFile extends Closeable {
        /** Bytes. */
        long size() throws IOException;

        /** Fills {@code into} from {@code at} on; what it lacks then lay behind the end. */
        void read(ByteBuffer into, long at) throws IOException;

        /** Writes all of {@code from} at {@code at}. */
        void write(ByteBuffer from, long at) throws IOException;

        /** Cuts it to {@code size}. */
        void truncate(long size) throws IOException;

        /** Makes the content durable. After a failure nothing is known of what was written since the last success. */
        void sync() throws IOException;
    }
}
