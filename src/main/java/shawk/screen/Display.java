package shawk.screen;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.LinkTotals;

/**
 * How values are written, and what stands above the table. Immutable.
 *
 * @param bits whether rates are in bits and not in bytes
 * @param linksSince the interfaces as they were when their lines were switched on; null = no lines
 * @param linkCount how many interfaces are worth a line
 * @param zone the clock's
 * @param numeric whether hosts, services and users are numbers
 */
record Display(boolean bits, @Nullable List<LinkTotals> linksSince, int linkCount, ZoneId zone, boolean numeric) {
    static final Display DEFAULT = new Display(false, null, 0, ZoneOffset.UTC, false);

    Display {
        linksSince = linksSince == null ? null : List.copyOf(linksSince);
    }

    Display withBits(boolean changed) {
        return new Display(changed, linksSince, linkCount, zone, numeric);
    }

    Display withLinksSince(@Nullable List<LinkTotals> changed) {
        return new Display(
                bits,
                changed,
                changed == null ? linkCount : LinkLines.worthALine(changed).size(),
                zone,
                numeric);
    }

    Display withLinkCount(int changed) {
        return new Display(bits, linksSince, changed, zone, numeric);
    }

    Display withZone(ZoneId changed) {
        return new Display(bits, linksSince, linkCount, changed, numeric);
    }

    Display withNumeric(boolean changed) {
        return new Display(bits, linksSince, linkCount, zone, changed);
    }
}
