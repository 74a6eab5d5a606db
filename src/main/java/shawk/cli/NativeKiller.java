package shawk.cli;

import java.nio.file.Path;
import java.util.List;
import shawk.model.ProcessId;
import shawk.nativelib.NativeException;
import shawk.nativelib.ProcessSignals;
import shawk.nativelib.SocketKiller;
import shawk.screen.Victim;

/** Kills on this host. */
record NativeKiller(Path procRoot, Path netns) implements Killer {
    @Override
    public List<Outcome> kill(List<Victim> victims) throws Failure {
        List<SocketKiller.Target> targets =
                victims.stream().map(NativeKiller::target).toList();
        try {
            return SocketKiller.destroy(procRoot, netns, targets).stream()
                    .map(each -> new Outcome(each.errno() == 0, each.errno() != 0 && each.isGone(), each.text()))
                    .toList();
        } catch (NativeException e) {
            throw Failure.missing(String.valueOf(e.getMessage()));
        }
    }

    private static SocketKiller.Target target(Victim victim) {
        return new SocketKiller.Target(
                victim.netns(),
                victim.cookie(),
                victim.protocol(),
                victim.mptcp(),
                victim.localHigh(),
                victim.localLow(),
                victim.localPort(),
                victim.remoteHigh(),
                victim.remoteLow(),
                victim.remotePort(),
                0);
    }

    @Override
    public void signal(ProcessId process, int number) throws Failure {
        try {
            ProcessSignals.send(procRoot, process.pid(), process.startTicks(), number);
        } catch (NativeException e) {
            throw Failure.missing(String.valueOf(e.getMessage()));
        }
    }
}
