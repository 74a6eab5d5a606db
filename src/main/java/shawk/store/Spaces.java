package shawk.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shawk.model.NamespaceInfo;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/**
 * Names of network namespaces, under small numbers that stay. A namespace without a name is named after the container
 * that lives in it, as far as the process whose row it is runs in one. Used by one thread.
 */
final class Spaces {
    /** The host's own. */
    static final int OWN = 0;

    /** Named after the process's container. */
    static final int CONTAINER = 1;

    private static final int UNNAMED = -1;
    private static final String UNNAMED_PREFIX = "net:[";
    private static final SafeText BEYOND = SafeText.of(UNNAMED_PREFIX + "?]");

    private final int bound;
    private final List<SafeText> texts = new ArrayList<>(List.of(SafeText.EMPTY, SafeText.EMPTY));
    private final Map<SafeText, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> byInode = new HashMap<>();
    private long lastInode = SocketTable.ABSENT;
    private int lastNumber = OWN;
    /** The number of its inode's text; {@link #UNNAMED} as long as nobody asked. */
    private int lastUnnamed = UNNAMED;

    /** Keeps at most {@code bound} names; further namespaces go under one that is none. */
    Spaces(int bound) {
        this.bound = bound;
    }

    /** Takes in the namespaces of a sample. */
    void read(List<NamespaceInfo> namespaces) {
        byInode.clear();
        lastInode = SocketTable.ABSENT;
        lastNumber = OWN;
        for (NamespaceInfo each : namespaces) {
            int number = each.self() ? OWN : each.name().isEmpty() ? UNNAMED : number(each.name());
            byInode.put(each.inode(), number);
        }
    }

    /**
     * The number of namespace {@code inode} as a process in a container or in none sees it; a namespace that is not
     * known any more counts as the host's own.
     */
    int number(long inode, boolean contained) {
        if (inode != lastInode) {
            lastInode = inode;
            boolean known = inode != SocketTable.ABSENT && !byInode.isEmpty();
            lastNumber = known ? byInode.getOrDefault(inode, UNNAMED) : OWN;
            lastUnnamed = UNNAMED;
        }
        if (lastNumber != UNNAMED || contained) {
            return lastNumber != UNNAMED ? lastNumber : CONTAINER;
        }
        if (lastUnnamed == UNNAMED) {
            lastUnnamed = number(SafeText.of(UNNAMED_PREFIX + inode + "]"));
        }
        return lastUnnamed;
    }

    /** What the number of an unnamed namespace becomes when it is known whether its process runs in a container. */
    int known(int number, boolean contained) {
        boolean unnamed = number > CONTAINER && texts.get(number).value().startsWith(UNNAMED_PREFIX);
        return contained && unnamed ? CONTAINER : number;
    }

    private int number(SafeText name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        SafeText kept = numbers.size() < bound ? name : BEYOND;
        return numbers.computeIfAbsent(kept, text -> {
            texts.add(text);
            return texts.size() - 1;
        });
    }

    /** The name of a number, for a process in {@code container}. */
    SafeText text(int number, SafeText container) {
        return number == CONTAINER ? container : texts.get(number);
    }
}
