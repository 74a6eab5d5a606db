package shawk.enrich;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shawk.model.ContainerId;
import shawk.model.ContainerName;
import shawk.model.RawText;

/**
 * Reads what Docker, containerd, podman and CRI-O write down of their containers: few keys of JSON files that are
 * looked at up to a bound, in a stream, nested no deeper than a bound. What is malformed, or not there, tells nothing.
 * Stateless; the calls do I/O.
 */
final class ContainerFiles {
    /** Bytes of a file at most: what follows is not looked at. */
    static final int BYTES_MAX = 1 << 20;

    /** Characters of a name at most: what is longer is none. */
    static final int NAME_MAX = 512;

    /** Namespaces of containerd. */
    private static final int NAMESPACES_MAX = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(BYTES_MAX)
                    .maxNameLength(4_096)
                    .maxNumberLength(64)
                    .build())
            .build();

    /** What names a container, the earlier the better. */
    private static final List<String> NAMES =
            List.of("io.kubernetes.cri.container-name", "io.kubernetes.container.name", "nerdctl/name");

    /** What Docker itself calls it, at the top of its file. */
    private static final String DOCKER_NAME = "Name";

    /** How Docker's own names of a pod's containers begin; the others' labels are whatever an image says. */
    private static final String OF_POD = "k8s_";

    private static final List<String> PODS = List.of("io.kubernetes.cri.sandbox-name", "io.kubernetes.pod.name");
    private static final List<String> POD_NAMESPACES =
            List.of("io.kubernetes.cri.sandbox-namespace", "io.kubernetes.pod.namespace");

    /** Objects that hold the keys above; the others are skipped. */
    private static final Set<String> LABELS = Set.of("Config", "Labels", "annotations");

    private ContainerFiles() {}

    /** What the files below {@code roots} call the container. */
    static ContainerName query(ContainerRoots roots, ContainerId id) {
        for (Path root : roots.docker()) {
            ContainerName name = queryFile(root.resolve(id.digits()).resolve("config.v2.json"));
            if (isKnown(name)) {
                return name;
            }
        }
        for (Path root : roots.containerd()) {
            for (Path namespace : SmallFiles.queryFolders(root, NAMESPACES_MAX)) {
                ContainerName name = queryFile(namespace.resolve(id.digits()).resolve("config.json"));
                if (isKnown(name)) {
                    return name;
                }
            }
        }
        return queryStorage(roots.storage(), id);
    }

    /** A container of podman has its name in the list of all of them, its labels in a file of its own. */
    private static ContainerName queryStorage(List<Path> roots, ContainerId id) {
        for (Path root : roots) {
            ContainerName own =
                    queryFile(root.resolve(id.digits()).resolve("userdata").resolve("config.json"));
            if (own.name().length() > 0) {
                return own;
            }
            for (String list : List.of("containers.json", "volatile-containers.json")) {
                String listed = parseListed(SmallFiles.query(root.resolve(list), BYTES_MAX), id.digits());
                if (!listed.isEmpty()) {
                    return new ContainerName(RawText.of(listed), own.pod());
                }
            }
        }
        return ContainerName.UNKNOWN;
    }

    private static boolean isKnown(ContainerName name) {
        return name.name().length() > 0 || name.pod().length() > 0;
    }

    private static ContainerName queryFile(Path file) {
        return parse(SmallFiles.query(file, BYTES_MAX));
    }

    /** Name and pod in a container's own file. */
    static ContainerName parse(byte[] file) {
        Map<String, String> found = new HashMap<>();
        if (file.length > 0) {
            try (JsonParser json = JSON.createParser(file)) {
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    readObject(json, found);
                }
            } catch (IOException e) {
                // A file that is being written, or cut at the bound: what was read before counts.
            }
        }
        // Docker writes a slash before the name.
        String docker = first(found, List.of(DOCKER_NAME)).replaceFirst("^/", "");
        if (!docker.isEmpty() && !docker.startsWith(OF_POD)) {
            return new ContainerName(RawText.of(docker), RawText.EMPTY);
        }
        String name = first(found, NAMES);
        String pod = first(found, PODS);
        String namespace = first(found, POD_NAMESPACES);
        String full = pod.isEmpty() || namespace.isEmpty() ? pod : namespace + "/" + pod;
        return new ContainerName(RawText.of(name.isEmpty() ? docker : name), RawText.of(full));
    }

    private static void readObject(JsonParser json, Map<String, String> found) throws IOException {
        int depth = 1;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == null) {
                return;
            }
            if (token == JsonToken.END_OBJECT) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.START_OBJECT && LABELS.contains(key)) {
                    depth++;
                } else if (value == JsonToken.VALUE_STRING && (depth == 1) == key.equals(DOCKER_NAME)) {
                    keep(key, json, found);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private static void keep(String key, JsonParser json, Map<String, String> found) throws IOException {
        if (key.equals(DOCKER_NAME) || NAMES.contains(key) || PODS.contains(key) || POD_NAMESPACES.contains(key)) {
            String value = json.getText();
            if (!value.isEmpty() && value.length() <= NAME_MAX) {
                found.putIfAbsent(key, value);
            }
        }
    }

    private static String first(Map<String, String> found, List<String> keys) {
        for (String key : keys) {
            String value = found.get(key);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    /** The first name of the container {@code id} in a list of containers; empty where there is none. */
    static String parseListed(byte[] file, String id) {
        if (file.length == 0) {
            return "";
        }
        try (JsonParser json = JSON.createParser(file)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return "";
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                String name = readListed(json, id);
                if (!name.isEmpty()) {
                    return name;
                }
            }
        } catch (IOException e) {
            // As above.
        }
        return "";
    }

    private static String readListed(JsonParser json, String id) throws IOException {
        boolean wanted = false;
        String name = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals("id") && value == JsonToken.VALUE_STRING) {
                wanted = json.getText().equals(id);
            } else if (key.equals("names") && value == JsonToken.START_ARRAY) {
                name = readFirst(json);
            } else {
                json.skipChildren();
            }
        }
        return wanted ? name : "";
    }

    private static String readFirst(JsonParser json) throws IOException {
        String name = "";
        for (JsonToken each = json.nextToken(); each != null && each != JsonToken.END_ARRAY; each = json.nextToken()) {
            if (each == JsonToken.VALUE_STRING && name.isEmpty() && json.getTextLength() <= NAME_MAX) {
                name = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return name;
    }
}
