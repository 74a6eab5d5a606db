package shawk.fuzz;

import java.util.Locale;

/** What hostile bytes are fed to. Each throws where something does not hold; its bytes begin anywhere. */
enum Target {
    /** One frame with the right length, behind a good beginning or none, to the server or from it. */
    CLIENT_FRAME(Streaming::frame),
    /** The record of an operation that has lists in it, behind a good header. */
    CLIENT_RECORD(ClientRecords::feed),
    /** Chunks of either direction, and gaps. */
    CLIENT_STREAM(Streaming::client),
    ZAB_STREAM(Streaming::zab),
    FLE_STREAM(Streaming::fle),
    /** Segments with sequence numbers: gaps, overlaps, numbers far away and around their end. */
    SEGMENTS(Packeting::segments),
    /** The same to ports that are learned of what is said. */
    OMNI(Packeting::omni),
    /** Packets of any link type, whole or cut. */
    PACKETS(Packeting::packets),
    /** A capture file, pcap or pcapng. */
    CAPTURE_FILE(CaptureFile::feed) {
        @Override
        int cost() {
            // Megabytes of a buffer each.
            return 8;
        }
    };

    /** How an input is fed. */
    private interface Feed {
        void feed(Input input, Meter meter);
    }

    private final Feed feed;

    Target(Feed feed) {
        this.feed = feed;
    }

    /** Name of the folder with what was found: {@code client-stream}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many inputs of the others one of this takes. */
    int cost() {
        return 1;
    }

    void feed(byte[] bytes) {
        Meter meter = measure(bytes);
        // Classes that are loaded, and what is made once, count the first time alone.
        if (meter.isTooMuch() && (meter = measure(bytes)).isTooMuch()) {
            throw new IllegalStateException(meter.toString());
        }
    }

    private Meter measure(byte[] bytes) {
        Meter meter = new Meter();
        feed.feed(new Input(bytes), meter);
        return meter;
    }
}
