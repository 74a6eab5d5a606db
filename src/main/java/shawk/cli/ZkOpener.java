package shawk.cli;

import java.util.List;
import shawk.model.Address;
import shawk.source.pcap.CaptureFilter;
import shawk.source.pcap.FilePackets;
import shawk.source.pcap.LivePackets;
import shawk.tcp.Packets;
import shawk.tcp.PacketsException;

/** How a ZooKeeper tool comes by its packets. */
@FunctionalInterface
interface ZkOpener {
    /** Of the interface or file that {@code settings} name. */
    Packets open(CaptureSettings settings, Notices notices) throws Failure;

    /** The real ones. */
    static Packets query(CaptureSettings settings, Notices notices) throws Failure {
        List<Address> included = HostAddresses.query(Opt.ZK_INCLUDE_HOST, settings.include(), notices);
        List<Address> excluded = HostAddresses.query(Opt.ZK_EXCLUDE_HOST, settings.exclude(), notices);
        CaptureFilter filter = new CaptureFilter(settings.ports(), included, excluded, settings.packetFilter());
        String offline = settings.offline();
        try {
            return offline == null ? LivePackets.open(settings.iface(), filter, 0) : FilePackets.open(offline, filter);
        } catch (PacketsException e) {
            String line = String.valueOf(e.getMessage());
            throw e.isUsage() ? Failure.usage(line) : Failure.missing(line);
        }
    }
}
