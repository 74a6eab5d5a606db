package shawk.model;

import org.jspecify.annotations.Nullable;

/** Names of containers. A call never waits for a file: whoever gets no answer asks again with the next sample. */
@FunctionalInterface
public interface ContainerNames {
    /** Looks nothing up. */
    ContainerNames NONE = id -> ContainerName.UNKNOWN;

    /** What is known of {@code id}; null = nothing yet, but it is being looked up. */
    @Nullable
    ContainerName find(ContainerId id);
}
