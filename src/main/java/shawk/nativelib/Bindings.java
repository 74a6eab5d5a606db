package shawk.nativelib;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code native/include/shawk.h} under their own names, bound by JNA's direct mapping. A pointer is a
 * {@code long}, a path a NUL-terminated array of bytes. Only {@link NativeLibrary} binds this class; call it through
 * {@link NativeLibrary#load()}.
 */
final class Bindings {
    private Bindings() {}

    static native int shawk_abi_version();

    static native int shawk_abi_layout(byte @Nullable [] out, int capacity);

    static native int shawk_sampler_open(
            byte[] procRoot, byte[] netnsDir, int sockets, int netnsMode, long netnsInode, int parts, long[] sampler);

    static native void shawk_sampler_close(long sampler);

    static native int shawk_sample(long sampler, ByteBuffer control, ByteBuffer buffers, long living);

    static native int shawk_destroy(byte[] procRoot, byte[] netnsDir, ByteBuffer kills, int count);

    static native int shawk_signal(byte[] procRoot, int pid, long start, int signal);

    static native long shawk_netns_by_name(byte[] netnsDir, byte[] name);

    static native int shawk_term_size(int fd);

    static native int shawk_term_is_tty(int fd);

    static native int shawk_term_raw(int fd, byte[] saved);

    static native int shawk_term_restore(int fd, byte[] saved);

    static native int shawk_term_wait(int fd, int timeoutMillis);

    static native int shawk_suspend();

    static native int shawk_probe(int what);

    static native long shawk_self_cpu_us();

    static native long shawk_self_rss_kib();

    static native long shawk_self_capabilities();

    static native int shawk_self_nice(int nice);

    static native int shawk_self_affinity(short[] cpus, int count);

    static native int shawk_self_detach();

    static native int shawk_thread_act_for(int uid, int gid);

    static native int shawk_notify(byte[] path, byte[] message);
}
