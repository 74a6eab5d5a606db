package shawk.nativelib;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Works on files with the rights of another user, as root for who called it by sudo: whatever links and folders that
 * user has laid out, the kernel opens no more than the user could. Only the thread that does the work, and which ends
 * with it, is that user; the process stays what it is.
 */
public final class AsUser {
    private AsUser() {}

    /**
     * Does {@code work} with the rights of {@code uid} and {@code gid} on files, and waits for it.
     *
     * @throws IOException what {@code work} throws, or that this process may not act for that user
     */
    public static <T> T call(long uid, long gid, Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(() -> {
            NativeLibrary.load();
            if (Bindings.shawk_thread_act_for((int) uid, (int) gid) != 0) {
                throw new IOException("not permitted to act for user " + uid);
            }
            return work.call();
        });
        Thread thread = new Thread(task, "as-user");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof IOException failure ? failure : new IOException(String.valueOf(cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
