package shawk.look;

import org.jspecify.annotations.Nullable;
import shawk.model.Address;

/**
 * What is one box of a picture, or one node of a walk.
 *
 * @param hostId which host; 0 = not known
 * @param processId which process; 0 = not known
 * @param address of a process that is not known; else null
 */
public record NodeKey(long hostId, long processId, @Nullable Address address) {}
