package shawk.model;

/**
 * What a runtime's own files call a container.
 *
 * @param name its name; empty where they do not tell
 * @param pod namespace and name of the pod that it belongs to, with a slash between; empty where there is none
 */
public record ContainerName(RawText name, RawText pod) {
    /** They do not tell. */
    public static final ContainerName UNKNOWN = new ContainerName(RawText.EMPTY, RawText.EMPTY);
}
