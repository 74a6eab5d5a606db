package shawk.store;

import shawk.model.Address;
import shawk.model.SafeText;

/**
 * The host has an address.
 *
 * @param netns as in {@link FlowIdentity}
 * @param address the address
 */
public record AddressSeen(SafeText netns, Address address) {}
