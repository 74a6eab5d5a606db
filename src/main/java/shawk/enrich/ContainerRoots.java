package shawk.enrich;

import java.nio.file.Path;
import java.util.List;

/**
 * Where runtimes keep what they know of their containers. Immutable.
 *
 * @param docker folders of Docker's containers
 * @param containerd folders of containerd's tasks, below which stand its namespaces
 * @param storage folders of containers as podman and CRI-O keep them
 * @param passwd file that tells the homes of users, who may have runtimes of their own
 */
public record ContainerRoots(List<Path> docker, List<Path> containerd, List<Path> storage, Path passwd) {
    private static final String STORAGE = "containers/storage/overlay-containers";

    /** Those of this host. */
    public static final ContainerRoots HOST = of(Path.of("/"));

    public ContainerRoots {
        docker = List.copyOf(docker);
        containerd = List.copyOf(containerd);
        storage = List.copyOf(storage);
    }

    /** Those below {@code root}. */
    static ContainerRoots of(Path root) {
        return new ContainerRoots(
                List.of(root.resolve("var/lib/docker/containers")),
                List.of(
                        root.resolve("run/containerd/io.containerd.runtime.v2.task"),
                        root.resolve("run/k3s/containerd/io.containerd.runtime.v2.task")),
                List.of(
                        root.resolve("run").resolve(STORAGE),
                        root.resolve("var/lib").resolve(STORAGE)),
                root.resolve("etc/passwd"));
    }

    /** Those of the user with this home. */
    ContainerRoots ofUser(Path home) {
        Path share = home.resolve(".local/share");
        return new ContainerRoots(
                List.of(share.resolve("docker/containers")), List.of(), List.of(share.resolve(STORAGE)), passwd);
    }
}
