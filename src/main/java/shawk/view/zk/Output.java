package shawk.view.zk;

import java.time.ZoneId;

/**
 * How messages are written.
 *
 * @param format the form
 * @param unpaired in text, whether each message stands for itself, in the order of the wire
 * @param colors in text, whether each client has a colour
 * @param ascii in text, whether arrows are drawn with ASCII alone
 * @param zone of times of day
 * @param bodyBytes of a buffer that JSON shows at most
 * @param credentials whether these are shown
 * @param pings whether these are written
 * @param bad whether bytes that are no message are shown
 */
public record Output(
        Format format,
        boolean unpaired,
        boolean colors,
        boolean ascii,
        ZoneId zone,
        int bodyBytes,
        boolean credentials,
        boolean pings,
        boolean bad) {
    /** The forms that there are. */
    public enum Format {
        TEXT,
        JSON,
        NDJSON,
        CSV
    }
}
