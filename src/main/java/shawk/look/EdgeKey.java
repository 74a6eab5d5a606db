package shawk.look;

import org.jspecify.annotations.Nullable;
import shawk.model.Address;

/** What makes an edge that edge, whatever was counted and however it is known. */
record EdgeKey(
        NodeKey client,
        @Nullable Address clientAddress,
        NodeKey server,
        @Nullable Address serverAddress,
        String protocol,
        int port) {}
