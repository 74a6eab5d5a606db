package shawk.screen;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.LinkTotals;

/**
 * How values are written, and what stands above the table and among its rows. Immutable.
 *
 * @param bits whether rates are in bits and not in bytes
 * @param linksSince the interfaces as they were when their lines were switched on; null = no lines
 * @param linkCount how many interfaces are worth a line
 * @param zone the clock's
 * @param numeric whether hosts, services and users are numbers
 * @param ended whether connections that have ended stand among those that live
 */
record Display(
        boolean bits,
        @Nullable List<LinkTotals> linksSince,
        int linkCount,
        ZoneId zone,
        boolean numeric,
        boolean ended) {
    static final Display DEFAULT = new Display(false, null, 0, ZoneOffset.UTC, false, false);

    Display {
        linksSince = linksSince == null ? null : List.copyOf(linksSince);
    }

    Display withBits(boolean changed) {
        return new Display(changed, linksSince, linkCount, zone, numeric, ended);
    }

    Display withLinksSince(@Nullable List<LinkTotals> changed) {
        return new Display(
                bits,
                changed,
                changed == null ? linkCount : LinkLines.worthALine(changed).size(),
                zone,
                numeric,
                ended);
    }

    Display withLinkCount(int changed) {
        return new Display(bits, linksSince, changed, zone, numeric, ended);
    }

    Display withZone(ZoneId changed) {
        return new Display(bits, linksSince, linkCount, changed, numeric, ended);
    }

    Display withNumeric(boolean changed) {
        return new Display(bits, linksSince, linkCount, zone, changed, ended);
    }

    Display withEnded(boolean changed) {
        return new Display(bits, linksSince, linkCount, zone, numeric, changed);
    }
}
