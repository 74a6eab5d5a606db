package shawk.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.support.HostileNames;

/** What the lines of {@code /proc/PID/cgroup} tell, as hosts of both kinds and their runtimes write them. */
final class ControlGroupTest {
    private static final String A = "3f4c9b2a7d1e5f60718293a4b5c6d7e8f9000102030405060708090a0b0c0d0e";
    private static final String B = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String UID = "aaaa2b4a-f398-41c0-928b-049e1cc4ec40";
    private static final String UID_ = UID.replace('-', '_');

    private static String text(RawText raw) {
        return new String(raw.toBytes(), StandardCharsets.ISO_8859_1);
    }

    private static ControlGroup parse(String file) {
        return ControlGroup.parse(file.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@code expected} is the container, its id where it has one, the pod. */
    private static void check(String file, String expected) {
        ControlGroup group = parse(file);
        ContainerId id = group.id();
        String found = text(group.container())
                + (id == null ? "" : " " + id.digits() + (id.uid() < 0 ? "" : " of " + id.uid()))
                + (group.pod().length() == 0 ? "" : " in " + text(group.pod()));
        assertThat(found).as(file).isEqualTo(expected);
    }

    private static void checkPath(String path, String expected) {
        check("0::" + path + "\n", expected);
    }

    @Test
    void docker() {
        checkPath("/system.slice/docker-" + A + ".scope", "3f4c9b2a7d1e " + A);
        checkPath("/docker/" + A, "3f4c9b2a7d1e " + A);
        checkPath("/system.slice/docker-" + A + ".scope/init.scope", "3f4c9b2a7d1e " + A);
        checkPath("/system.slice/docker.service", "");
        check(
                "12:pids:/docker/" + A + "\n1:name=systemd:/docker/" + A + "\n0::/system.slice/containerd.service\n",
                "3f4c9b2a7d1e " + A);
        check("4:memory:/docker/" + A + "\n1:name=systemd:/\n0::/\n", "3f4c9b2a7d1e " + A);
    }

    @Test
    void rootlessRuntimesAreTheirUsers() {
        String user = "/user.slice/user-1000.slice/user@1000.service/";
        checkPath(user + "app.slice/docker-" + A + ".scope", "3f4c9b2a7d1e " + A + " of 1000");
        checkPath(user + "user.slice/libpod-" + A + ".scope/container", "3f4c9b2a7d1e " + A + " of 1000");
        checkPath("/docker/" + A + "/user@1000.service/docker-" + B, "3f4c9b2a7d1e " + A);
    }

    @Test
    void kubernetes() {
        checkPath(
                "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + UID_ + ".slice/cri-containerd-" + A
                        + ".scope",
                "3f4c9b2a7d1e " + A + " in " + UID);
        checkPath(
                "/kubepods.slice/kubepods-pod" + UID_ + ".slice/crio-" + A + ".scope/container",
                "3f4c9b2a7d1e " + A + " in " + UID);
        checkPath("/kubepods/besteffort/pod" + UID + "/" + A, "3f4c9b2a7d1e " + A + " in " + UID);
        checkPath(
                "/kubepods/pod0123456789abcdef0123456789abcdef/" + A,
                "3f4c9b2a7d1e " + A + " in 0123456789abcdef0123456789abcdef");
        checkPath(
                "/system.slice/containerd.service/kubepods-burstable-pod" + UID_ + ".slice:cri-containerd:" + A,
                "3f4c9b2a7d1e " + A + " in " + UID);
        check(
                "11:cpu,cpuacct:/kubepods/burstable/pod" + UID + "/" + A + "\n1:name=systemd:/kubepods/burstable/pod"
                        + UID + "/" + A + "\n",
                "3f4c9b2a7d1e " + A + " in " + UID);
    }

    /** A node of kind: the host knows the outer container's name. */
    @Test
    void theOutermostContainerCounts() {
        checkPath(
                "/docker/" + A + "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod" + UID_
                        + ".slice/cri-containerd-" + B + ".scope",
                "3f4c9b2a7d1e " + A + " in " + UID);
        checkPath("/docker/" + A + "/docker/" + B, "3f4c9b2a7d1e " + A);
    }

    @Test
    void podman() {
        checkPath("/machine.slice/libpod-" + A + ".scope", "3f4c9b2a7d1e " + A);
        checkPath("/machine.slice/libpod-conmon-" + A + ".scope", "");
        checkPath("/kubepods.slice/crio-conmon-" + A + ".scope", "");
        checkPath("/libpod_parent/libpod-" + A, "3f4c9b2a7d1e " + A);
        checkPath(
                "/machine.slice/machine-libpod_pod_" + B + ".slice/libpod-" + A + ".scope/container",
                "3f4c9b2a7d1e " + A + " in 0123456789ab");
    }

    @Test
    void containersWhosePathTellsTheName() {
        checkPath("/lxc.payload.web/system.slice/nginx.service", "web");
        checkPath("/lxc/101/ns/init.scope", "101");
        checkPath("/lxc.payload/web", "web");
        checkPath("/lxc.monitor.web", "");
        checkPath("/machine.slice/machine-web\\x2d1.scope/payload/init.scope", "web-1");
        checkPath("/machine.slice/systemd-nspawn@web\\x2d1.service/payload", "web-1");
        checkPath("/machine.slice/machine-qemu\\x2d1\\x2dvm.scope", "");
    }

    @Test
    void withinANamespaceOfControlGroups() {
        checkPath("/../../system.slice/docker-" + A + ".scope", "3f4c9b2a7d1e " + A);
        checkPath("/../" + A, "3f4c9b2a7d1e " + A);
        checkPath("/", "");
    }

    @Test
    void whatOnlyLooksLikeAnId() {
        checkPath("/docker/" + A.substring(1), "");
        checkPath("/docker/" + A + "0", "");
        checkPath("/docker/" + A.toUpperCase(), "");
        checkPath("/docker/../" + A.replace('0', '/'), "");
        checkPath("/docker-" + A + ".scope.d", "");
        checkPath("/podaaaa2b4a-f398-41c0-928b", "");
    }

    private static void checkCgroup(String file, String expected) {
        assertThat(text(parse(file).path())).isEqualTo(expected);
    }

    @Test
    void paths() {
        checkCgroup("0::/system.slice/a.service\n", "/system.slice/a.service");
        checkCgroup("5:cpu:/c\n1:name=systemd:/n\n0::/u\n", "/u");
        checkCgroup("5:cpu:/c\n1:name=systemd:/n\n0::/\n", "/n");
        checkCgroup("5:cpu:/c\n1:name=systemd:/n:m\n", "/n:m");
        checkCgroup("0::/\n", "/");
        checkCgroup("5:cpu:/c\n", "");
        checkCgroup("", "");
    }

    private static void checkUnit(String path, String expected) {
        assertThat(text(ControlGroup.parseUnit(RawText.of(path)))).isEqualTo(expected);
    }

    @Test
    void units() {
        checkUnit("/system.slice/nginx.service", "nginx.service");
        checkUnit("/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service");
        checkUnit("/user.slice/user-1000.slice/user@1000.service/app.slice/app-x\\x2d1.service", "app-x\\x2d1.service");
        checkUnit("/user.slice/user-1000.slice/session-3.scope", "session-3.scope");
        checkUnit("/user.slice/user-1000.slice/user@1000.service/init.scope", "init.scope");
        checkUnit("/system.slice/docker-" + A + ".scope/nested", "docker-" + A + ".scope");
        checkUnit("/lxc.payload.web/system.slice/nginx.service", "nginx.service");
        checkUnit("/../../system.slice/nginx.service/worker", "nginx.service");
        checkUnit("/system.slice", "");
        checkUnit("/.service/.scope", "");
        checkUnit("", "");
    }

    /** Any bytes give an answer, and only an id becomes an id. */
    @Test
    void anythingGoes() {
        for (RawText name : HostileNames.ALL) {
            parse("0::/lxc.payload." + text(name) + "/machine-" + text(name) + ".scope\n");
            ControlGroup.parseUnit(name);
        }
        Random random = new Random(3);
        byte[] good = ("1:name=systemd:/kubepods/burstable/pod" + UID + "/" + A
                        + "\n0::/machine.slice/machine-a.scope\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = good.clone();
            for (int k = 0; k < 4; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            ContainerId id = ControlGroup.parse(bytes).id();
            assertThat(id == null || id.digits().matches("[0-9a-f]{64}")).isTrue();
        }
    }
}
