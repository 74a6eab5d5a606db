package shawk.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.SafeText;

/**
 * Batches as bytes, the same ones for the same batch. What is read may be any bytes: it becomes a batch or a
 * {@link MalformedBatchException}, and takes no more memory than a small multiple of their number.
 */
public final class BatchCodec {
    private static final int VERSION = 1;
    private static final Direction[] DIRECTIONS = Direction.values();
    private static final Protocol[] PROTOCOLS = Protocol.values();

    private BatchCodec() {}

    /** The bytes of a batch. */
    public static byte[] encode(Batch batch) {
        ByteSink out = new ByteSink();
        out.writeByte(VERSION);
        write(out, batch.host());
        write(out, batch.status());
        out.writeNumber(batch.processes().size());
        batch.processes().forEach(each -> write(out, each));
        out.writeNumber(batch.flows().size());
        batch.flows().forEach(each -> write(out, each));
        out.writeNumber(batch.listeners().size());
        batch.listeners().forEach(each -> write(out, each));
        out.writeNumber(batch.addresses().size());
        batch.addresses().forEach(each -> {
            out.writeText(each.netns().value());
            write(out, each.address());
        });
        out.writeNumber(batch.live().size());
        batch.live().forEach(each -> ChunkCodec.write(out, each));
        out.writeNumber(batch.finished().size());
        batch.finished().forEach(each -> ChunkCodec.write(out, each));
        out.writeNumber(batch.gaps().size());
        batch.gaps().forEach(each -> write(out, each));
        return out.toBytes();
    }

    /** The batch that {@code bytes} are. */
    public static Batch decode(byte[] bytes) throws MalformedBatchException {
        ByteSource in = new ByteSource(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw in.malformed("version " + version + ", not " + VERSION);
        }
        HostIdentity host = readHost(in);
        AgentStatus status = readStatus(in);
        Batch batch = new Batch(
                host,
                status,
                readList(in, 8 + 5 + 4, BatchCodec::readProcess),
                readList(in, 8 + 8 + 3 + 4 + 4, BatchCodec::readFlow),
                readList(in, 8 + 4, BatchCodec::readListener),
                readList(in, 2, source -> new AddressSeen(readSafeText(source), readPresent(source))),
                readList(in, ChunkCodec.LEAST_BYTES, ChunkCodec::read),
                readList(in, ChunkCodec.LEAST_BYTES, ChunkCodec::read),
                readList(in, 5, BatchCodec::readGap));
        if (in.remaining() > 0) {
            throw in.malformed("something follows the end");
        }
        return batch;
    }

    /** Reads one of a list. */
    private interface Reader<T> {
        T read(ByteSource in) throws MalformedBatchException;
    }

    private static <T> List<T> readList(ByteSource in, int bytesEach, Reader<T> reader) throws MalformedBatchException {
        int count = in.readCount(bytesEach);
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(reader.read(in));
        }
        return list;
    }

    private static void write(ByteSink out, HostIdentity host) {
        out.writeText(host.machineId());
        out.writeText(host.name().value());
        out.writeText(host.bootId());
    }

    private static HostIdentity readHost(ByteSource in) throws MalformedBatchException {
        return new HostIdentity(safe(in.readText()), readSafeText(in), safe(in.readText()));
    }

    private static void write(ByteSink out, AgentStatus status) {
        out.writeSigned(status.atMicros());
        out.writeText(status.version());
        out.writeText(status.source());
        out.writeByte(status.exact() ? 1 : 0);
        out.writeSigned(status.intervalMicros());
        out.writeSigned(status.lost());
        out.writeSigned(status.spoolBytes());
    }

    private static AgentStatus readStatus(ByteSource in) throws MalformedBatchException {
        return new AgentStatus(
                in.readSigned(),
                safe(in.readText()),
                safe(in.readText()),
                readFlag(in),
                in.readSigned(),
                in.readSigned(),
                in.readSigned());
    }

    static boolean readFlag(ByteSource in) throws MalformedBatchException {
        int flag = in.readByte();
        if (flag > 1) {
            throw in.malformed("a flag is neither set nor not");
        }
        return flag == 1;
    }

    private static void write(ByteSink out, ProcessSeen process) {
        out.writeLong(process.id());
        ProcessIdentity identity = process.identity();
        for (SafeText each :
                List.of(identity.name(), identity.exe(), identity.unit(), identity.container(), identity.user())) {
            out.writeText(each.value());
        }
        out.writeSigned(process.pid());
        out.writeSigned(process.pgid());
        out.writeSigned(process.startedMicros());
        out.writeSigned(process.seenMicros());
    }

    private static ProcessSeen readProcess(ByteSource in) throws MalformedBatchException {
        return new ProcessSeen(
                in.readLong(),
                new ProcessIdentity(
                        readSafeText(in), readSafeText(in), readSafeText(in), readSafeText(in), readSafeText(in)),
                readSignedInt(in),
                readSignedInt(in),
                in.readSigned(),
                in.readSigned());
    }

    private static int readSignedInt(ByteSource in) throws MalformedBatchException {
        long value = in.readSigned();
        if (value != (int) value) {
            throw in.malformed("a number is out of range");
        }
        return (int) value;
    }

    private static void write(ByteSink out, FlowSeen flow) {
        FlowIdentity identity = flow.identity();
        out.writeLong(flow.id());
        out.writeLong(identity.processId());
        out.writeByte(identity.direction().ordinal());
        out.writeByte(identity.protocol().ordinal());
        out.writeText(identity.netns().value());
        write(out, identity.local());
        write(out, identity.peer());
        out.writeSigned(identity.port());
        write(out, identity.natLocal());
        write(out, identity.natPeer());
        out.writeSigned(identity.natPort());
        out.writeSigned(flow.firstMicros());
        out.writeSigned(flow.lastMicros());
    }

    private static FlowSeen readFlow(ByteSource in) throws MalformedBatchException {
        long id = in.readLong();
        FlowIdentity identity = new FlowIdentity(
                in.readLong(),
                DIRECTIONS[in.readInt(0, DIRECTIONS.length - 1)],
                PROTOCOLS[in.readInt(0, PROTOCOLS.length - 1)],
                readSafeText(in),
                readAddress(in),
                readAddress(in),
                readPort(in),
                readAddress(in),
                readAddress(in),
                readPort(in));
        return new FlowSeen(id, identity, in.readSigned(), in.readSigned());
    }

    private static int readPort(ByteSource in) throws MalformedBatchException {
        long port = in.readSigned();
        if (port < -1 || port > 0xffff) {
            throw in.malformed("a port is out of range");
        }
        return (int) port;
    }

    private static void write(ByteSink out, ListenerSeen listener) {
        out.writeLong(listener.processId());
        out.writeByte(listener.protocol().ordinal());
        out.writeText(listener.netns().value());
        write(out, listener.local());
        out.writeSigned(listener.port());
    }

    private static ListenerSeen readListener(ByteSource in) throws MalformedBatchException {
        return new ListenerSeen(
                in.readLong(),
                PROTOCOLS[in.readInt(0, PROTOCOLS.length - 1)],
                readSafeText(in),
                readPresent(in),
                readPort(in));
    }

    private static void write(ByteSink out, Gap gap) {
        out.writeSigned(gap.fromMicros());
        out.writeSigned(gap.toMicros());
        out.writeText(gap.reason());
        out.writeSigned(gap.flows());
        out.writeSigned(gap.connections());
    }

    private static Gap readGap(ByteSource in) throws MalformedBatchException {
        return new Gap(in.readSigned(), in.readSigned(), safe(in.readText()), in.readSigned(), in.readSigned());
    }

    /** 0: none; 4: that of IPv4 follows; 6: both halves do. */
    private static void write(ByteSink out, @Nullable Address address) {
        if (address == null) {
            out.writeByte(0);
        } else if (address.isV4()) {
            out.writeByte(4);
            out.writeNumber(address.low() & 0xffff_ffffL);
        } else {
            out.writeByte(6);
            out.writeLong(address.high());
            out.writeLong(address.low());
        }
    }

    private static @Nullable Address readAddress(ByteSource in) throws MalformedBatchException {
        int kind = in.readByte();
        if (kind == 4) {
            long value = in.readNumber();
            if (value < 0 || value > 0xffff_ffffL) {
                throw in.malformed("an address is out of range");
            }
            return Address.ofV4((int) value);
        } else if (kind == 6) {
            Address address = new Address(in.readLong(), in.readLong());
            if (address.isV4()) {
                throw in.malformed("an address is not in its form");
            }
            return address;
        } else if (kind != 0) {
            throw in.malformed("an address is of no family");
        }
        return null;
    }

    private static Address readPresent(ByteSource in) throws MalformedBatchException {
        Address address = readAddress(in);
        if (address == null) {
            throw in.malformed("an address is missing");
        }
        return address;
    }

    /** What was harmless when it was written is the same again. */
    private static SafeText readSafeText(ByteSource in) throws MalformedBatchException {
        return SafeText.of(in.readText());
    }

    private static String safe(String text) {
        return SafeText.of(text).value();
    }
}
