package shawk.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc/PID/cgroup} says, of both versions. The paths are what somebody called a folder: a user may call
 * those below his own service what he likes. Pure.
 *
 * @param path in the unified hierarchy; where that is the root or missing, as on hosts of the old kind, the one that
 *     systemd names; empty where there is neither
 * @param container of the outermost container: the name that the path itself tells, as those of LXC and systemd-nspawn
 *     do, else the first twelve digits of its id; empty = none
 * @param id of that container, under which its runtime may know a name; null = none
 * @param pod uid of the Kubernetes pod, or the first twelve digits of podman's; empty = none
 */
public record ControlGroup(
        RawText path, RawText container, @Nullable ContainerId id, RawText pod) {
    private static final Pattern USER = Pattern.compile("user@([0-9]{1,10})\\.service");
    /** {@code docker-ID.scope}, {@code cri-containerd-ID.scope}, {@code libpod-ID}, and the id alone. */
    private static final Pattern ID = Pattern.compile("(?:([a-zA-Z0-9_.-]{1,64})-)?([0-9a-f]{64})(?:\\.scope)?");
    /** {@code podUID}, {@code kubepods-burstable-podUID_with_underscores.slice}; a static pod's uid is a bare hash. */
    private static final Pattern POD = Pattern.compile(
            "(?:[a-z]+-){0,4}" + "pod([0-9a-f]{32}|[0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})(?:\\.slice)?");
    /** {@code machine-libpod_pod_ID.slice}. */
    private static final Pattern PODMAN_POD =
            Pattern.compile("(?:machine-|user-)?libpod_pod_([0-9a-f]{12})[0-9a-f]{52}(?:\\.slice)?");
    /** A virtual machine of libvirt has such a name too, but is no container. */
    private static final Pattern MACHINE = Pattern.compile("machine-(?!qemu(?:-|\\\\x2d))(.+)\\.scope");

    private static final Pattern NSPAWN = Pattern.compile("systemd-nspawn@(.+)\\.service");
    private static final Pattern ESCAPED = Pattern.compile("\\\\x([0-9a-f]{2})");

    private static final String LXC = "lxc.payload.";
    /** What watches over a container stands beside it. */
    private static final String MONITOR = "conmon";

    private static final String UNIFIED = "0::";
    private static final String SYSTEMD = ":name=systemd:";

    /** What the lines of the file say; of malformed ones nothing. */
    public static ControlGroup parse(byte[] file) {
        String unified = "";
        String named = "";
        List<String> others = new ArrayList<>();
        for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\n")) {
            String[] parts = line.split(":", 3);
            if (line.startsWith(UNIFIED)) {
                unified = parts[2];
            } else if (line.contains(SYSTEMD) && parts.length == 3) {
                named = parts[2];
            } else if (parts.length == 3) {
                others.add(parts[2]);
            }
        }
        boolean byName = !named.isEmpty() && (unified.isEmpty() || unified.equals("/"));
        List<String> paths = new ArrayList<>(List.of(unified, named));
        paths.addAll(others);
        Walk walk = new Walk();
        for (String path : paths) {
            walk.path(path);
        }
        return new ControlGroup(raw(byName ? named : unified), raw(walk.container), walk.id, raw(walk.pod));
    }

    /** The innermost service or scope in a path, which systemd knows as a unit; empty where there is none. */
    public static RawText parseUnit(RawText path) {
        String text = new String(path.toBytes(), StandardCharsets.ISO_8859_1);
        String unit = "";
        for (String part : text.split("/")) {
            if (isUnit(part, ".service") || isUnit(part, ".scope")) {
                unit = part;
            }
        }
        return raw(unit);
    }

    private static boolean isUnit(String part, String type) {
        return part.endsWith(type) && part.length() > type.length();
    }

    private static RawText raw(String bytes) {
        return bytes.isEmpty() ? RawText.EMPTY : RawText.of(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The first container and the first pod of several paths, the outermost of each path. */
    private static final class Walk {
        private String container = "";
        private @Nullable ContainerId id;
        private String pod = "";

        void path(String path) {
            long uid = ContainerId.HOST;
            String above = "";
            for (String folder : path.split("/")) {
                // Where systemd is not asked, containerd writes slice, prefix and id into one name.
                for (String part : folder.split(":")) {
                    Matcher user = USER.matcher(part);
                    uid = user.matches() ? Long.parseLong(user.group(1)) : uid;
                    takePod(part);
                    if (container.isEmpty()) {
                        takeContainer(above, part, uid);
                    }
                    above = part;
                }
            }
        }

        private void takePod(String part) {
            Matcher kubernetes = POD.matcher(part);
            Matcher podman = PODMAN_POD.matcher(part);
            if (pod.isEmpty() && kubernetes.matches()) {
                pod = kubernetes.group(1).replace('_', '-');
            } else if (pod.isEmpty() && podman.matches()) {
                pod = podman.group(1);
            }
        }

        private void takeContainer(String above, String part, long uid) {
            Matcher known = ID.matcher(part);
            if (known.matches()) {
                String prefix = known.group(1);
                if (prefix == null || !prefix.endsWith(MONITOR)) {
                    id = new ContainerId(known.group(2), uid);
                    container = id.brief();
                }
            } else if (part.startsWith(LXC)) {
                container = part.substring(LXC.length());
            } else if (above.equals("lxc") || above.equals("lxc.payload")) {
                container = part;
            } else {
                takeMachine(MACHINE.matcher(part));
                takeMachine(NSPAWN.matcher(part));
            }
        }

        private void takeMachine(Matcher machine) {
            if (machine.matches()) {
                container = ESCAPED.matcher(machine.group(1)).replaceAll(ControlGroup::unescaped);
            }
        }
    }

    private static String unescaped(MatchResult escaped) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escaped.group(1), 16)));
    }
}
