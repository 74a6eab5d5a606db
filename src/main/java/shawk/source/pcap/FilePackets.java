package shawk.source.pcap;

import shawk.nativelib.NativeException;
import shawk.nativelib.PcapHandle;
import shawk.nativelib.PcapHandle.Reason;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets;
import shawk.tcp.PacketsException;

/**
 * Packets of a capture file, pcap or pcapng; of stdin too, where what has come is handed out without waiting for more.
 * Used by one thread, but for {@link #interrupt()}.
 */
public final class FilePackets implements Packets {
    /** Stands for stdin. */
    public static final String STDIN = "-";

    /** How libpcap's words end where link types or snap lengths differ. */
    private static final String OF_THE_FIRST = "of the first interface";

    private final String name;
    private final PcapHandle handle;
    private long packets;

    private FilePackets(String name, PcapHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    /**
     * Opens a file, whose header is read at once.
     *
     * @param file its path; {@link #STDIN} = stdin
     * @param filter of which ports count for nothing here: what reads the streams knows them
     * @throws PacketsException one line: what, and what to do next
     */
    public static FilePackets open(String file, CaptureFilter filter) throws PacketsException {
        String name = file.equals(STDIN) ? "stdin" : file;
        PcapHandle handle;
        try {
            handle = PcapHandle.openFile(file);
        } catch (NativeException e) {
            throw new PacketsException(refusal(name, e));
        }
        FilePackets packets = new FilePackets(name, handle);
        try {
            int link = handle.link();
            Filters.checkLink(name, link);
            Filters.apply(handle, filter, filter.fileExpression(link));
        } catch (PacketsException e) {
            packets.close();
            throw e;
        }
        return packets;
    }

    private static String refusal(String name, NativeException e) {
        return switch (Reason.of(e)) {
            case NO_SUCH_FILE -> "no file " + name + "; name a pcap or pcapng file, or - for stdin";
            case NOT_READABLE -> name + " cannot be read: permission denied; let this user read it, or run as root";
            case A_FOLDER -> name + " is a folder; name a file in it";
            case COMPRESSED ->
                name + " is compressed; unpack it and give it by a pipe: zcat FILE | shawk ... --offline -";
            case DAMAGED -> name + " is no capture (" + e.getMessage() + "); name a pcap or pcapng file";
            default ->
                e.errno() == 0
                        ? "no reading of captures: " + e.getMessage()
                        : name + " cannot be read: " + e.getMessage() + "; name a pcap or pcapng file";
        };
    }

    @Override
    public Outcome next(PacketBatch batch, int waitMillis) throws PacketsException {
        batch.count = 0;
        int count;
        try {
            count = handle.take(waitMillis);
        } catch (NativeException e) {
            if (Reason.of(e) == Reason.END) {
                return Outcome.END;
            }
            throw new PacketsException(ending(e));
        }
        if (count == 0) {
            return Outcome.NONE;
        }
        packets += count;
        Batches.fill(batch, handle.buffer(), count);
        return Outcome.PACKETS;
    }

    private String ending(NativeException e) {
        String read = "; the " + packets + " packets before were read";
        return switch (Reason.of(e)) {
            case CUT -> name + " ends in the middle of a packet" + read;
            case DAMAGED -> name + damage(e) + read;
            default -> name + " cannot be read on: " + e.getMessage() + read;
        };
    }

    private static String damage(NativeException e) {
        String why = String.valueOf(e.getMessage());
        return why.endsWith(OF_THE_FIRST)
                ? " has interfaces of several kinds, which libpcap does not read (" + why
                        + "); capture them with -i any, or into a file each"
                : " is damaged (" + why + ")";
    }

    @Override
    public long dropped() {
        return 0;
    }

    /** Ends the wait of the {@link #next} under way, or of the next one. Any thread. */
    public void interrupt() {
        handle.interrupt();
    }

    @Override
    public void close() {
        handle.close();
    }
}
