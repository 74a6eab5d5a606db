package shawk.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.ContainerId;
import shawk.model.ContainerName;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.support.HostileNames;

/** What the files of runtimes tell, in a made-up tree of them. */
final class ContainerFilesTest {
    private static final String ID = "3f4c9b2a7d1e5f60718293a4b5c6d7e8f9000102030405060708090a0b0c0d0e";
    private static final String OTHER = "0123456789abcdef".repeat(4);

    private static final String DOCKER = "var/lib/docker/containers/" + ID + "/config.v2.json";
    private static final String CONTAINERD = "run/containerd/io.containerd.runtime.v2.task/";
    private static final String STORAGE = "var/lib/containers/storage/overlay-containers/";
    private static final String RUN_STORAGE = "run/containers/storage/overlay-containers/";

    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String shown(ContainerName name) {
        return SafeText.of(name.name()) + (name.pod().length() == 0 ? "" : " in " + SafeText.of(name.pod()));
    }

    private void check(String expected) {
        ContainerName name = ContainerFiles.query(ContainerRoots.of(root), new ContainerId(ID, ContainerId.HOST));
        assertThat(shown(name)).isEqualTo(expected);
    }

    @Test
    void nothingThere() {
        check("");
    }

    @Test
    void docker() throws IOException {
        write(DOCKER, """
                {"StreamConfig":{},"State":{"Running":true,"Name":"no"},"ID":"%s","Args":["Name"],
                 "Config":{"Hostname":"3f4c9b2a7d1e","Env":["A=b"],"Labels":{"Name":"label",
                 "io.kubernetes.pod.name":"x"}},
                 "Image":"sha256:0","Name":"/web","Driver":"overlay2"}""".formatted(ID));
        check("web");
    }

    @Test
    void dockerUnderKubernetes() throws IOException {
        write(DOCKER, """
                {"Config":{"Labels":{"io.kubernetes.container.name":"etcd","io.kubernetes.pod.name":"etcd-m0",
                 "io.kubernetes.pod.namespace":"kube-system"}},"Name":"/k8s_etcd_etcd-m0_kube-system_0_0"}""");
        check("etcd in kube-system/etcd-m0");
    }

    @Test
    void containerd() throws IOException {
        write(CONTAINERD + "moby/" + OTHER + "/config.json", "{}");
        write(CONTAINERD + "k8s.io/" + ID + "/config.json", """
                {"ociVersion":"1.2.0","process":{"env":["annotations"]},"hostname":"h","annotations":{
                 "io.kubernetes.cri.container-name":"web","io.kubernetes.cri.container-type":"container",
                 "io.kubernetes.cri.sandbox-name":"web-64df67bd8b-xmzhv","io.kubernetes.cri.sandbox-namespace":"shop"},
                 "linux":{"cgroupsPath":"kubepods"}}""");
        check("web in shop/web-64df67bd8b-xmzhv");
    }

    /** The sandbox itself has no container's name. */
    @Test
    void sandboxes() throws IOException {
        write(CONTAINERD + "k8s.io/" + ID + "/config.json", """
                {"annotations":{"io.kubernetes.cri.container-type":"sandbox",
                 "io.kubernetes.cri.sandbox-name":"p","io.kubernetes.cri.sandbox-namespace":"n"}}""");
        check(" in n/p");
    }

    @Test
    void nerdctl() throws IOException {
        write(CONTAINERD + "default/" + ID + "/config.json", """
                {"annotations":{"nerdctl/name":"db","nerdctl/namespace":"default"}}""");
        check("db");
    }

    @Test
    void podman() throws IOException {
        write(STORAGE + ID + "/userdata/config.json", """
                {"hostname":"3f4c9b2a7d1e","annotations":{"io.container.manager":"libpod"}}""");
        write(STORAGE + "containers.json", """
                [{"id":"%s","names":["other"],"image":"i"},
                 {"id":"%s","names":["nervous_pare","alias"],
                  "metadata":"{\\"name\\":\\"no\\"}","flags":{"a":[1,{}]}}]""".formatted(OTHER, ID));
        check("nervous_pare");
    }

    @Test
    void crio() throws IOException {
        write(RUN_STORAGE + ID + "/userdata/config.json", """
                {"annotations":{"io.kubernetes.cri-o.ContainerName":"k8s_web_p_n_0",
                 "io.kubernetes.container.name":"web",
                 "io.kubernetes.pod.name":"p","io.kubernetes.pod.namespace":"n","io.kubernetes.cri-o.Labels":"{}"}}""");
        check("web in n/p");
    }

    @Test
    void whatIsNoPlainFileIsNotOpened() throws IOException {
        write("elsewhere", "{\"Name\":\"/secret\"}");
        Path link = root.resolve(DOCKER);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, root.resolve("elsewhere"));
        check("");
    }

    @Test
    void whatIsBehindTheBoundIsNotSeen() throws IOException {
        write(DOCKER, "{\"x\":\"" + "a".repeat(ContainerFiles.BYTES_MAX) + "\",\"Name\":\"/web\"}");
        check("");
        write(DOCKER, "{\"Name\":\"/web\",\"x\":\"" + "a".repeat(ContainerFiles.BYTES_MAX) + "\"}");
        check("web");
        write(DOCKER, "{\"Name\":\"/" + "a".repeat(ContainerFiles.NAME_MAX) + "\"}");
        check("");
    }

    @Test
    void hostileNamesStayText() {
        for (RawText name : HostileNames.ALL) {
            String text = new String(name.toBytes(), StandardCharsets.ISO_8859_1);
            String json = "{\"Name\":\"/" + escaped(text) + "\"}";
            ContainerName found = ContainerFiles.parse(json.getBytes(StandardCharsets.UTF_8));
            assertThat(HostileNames.harmIn(SafeText.of(found.name()).value())).isEqualTo(-1);
        }
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            out.append(String.format("\\u%04x", (int) c));
        }
        return out.toString();
    }

    /** Whatever the bytes are, there is an answer. */
    @Test
    void anythingGoes() {
        byte[] good =
                ("{\"Config\":{\"Labels\":{\"io.kubernetes.pod.name\":\"x\"}},\"Name\":\"/web\",\"n\":[1,2e3,{}]}")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] list = ("[{\"id\":\"" + ID + "\",\"names\":[\"a\"]}]").getBytes(StandardCharsets.UTF_8);
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            ContainerFiles.parse(mutated(good, random));
            ContainerFiles.parseListed(mutated(list, random), ID);
        }
        assertThat(shown(ContainerFiles.parse("[".repeat(100_000).getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
        String nested = "{\"annotations\":".repeat(100_000);
        assertThat(shown(ContainerFiles.parse(nested.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int k = 0; k < 3; k++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }
}
