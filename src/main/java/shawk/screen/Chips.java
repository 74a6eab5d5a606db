package shawk.screen;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.Filter;
import shawk.expr.FilterParser;
import shawk.field.Field;
import shawk.model.Protocol;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.pivot.PivotSpec;

/**
 * States and protocols that were chosen: rows are of one of each. They narrow what the typed filter leaves, and are
 * kept apart from it. Immutable.
 *
 * @param states none = all that the view shows
 * @param protocols none = all
 * @param filter what they mean; null = nothing is chosen
 */
record Chips(
        Set<SocketState> states,
        Set<Protocol> protocols,
        @Nullable Filter filter) {
    static final Chips NONE = new Chips(Set.of(), Set.of(), null);

    Chips {
        states = Set.copyOf(states);
        protocols = Set.copyOf(protocols);
    }

    private static Chips of(Set<SocketState> states, Set<Protocol> protocols) {
        List<String> parts = new ArrayList<>();
        if (!states.isEmpty()) {
            parts.add("state in (" + String.join(", ", names(states)) + ")");
        }
        if (!protocols.isEmpty()) {
            parts.add("proto in (" + String.join(", ", ids(protocols)) + ")");
        }
        try {
            return new Chips(
                    states, protocols, parts.isEmpty() ? null : FilterParser.parse(String.join(" and ", parts)));
        } catch (ExprException e) {
            throw new IllegalStateException("no filter: " + parts, e);
        }
    }

    boolean isEmpty() {
        return filter == null;
    }

    /** The same with these states chosen, or, where all of them are, with none of them. */
    Chips toggle(List<SocketState> changed) {
        Set<SocketState> set = EnumSet.noneOf(SocketState.class);
        set.addAll(states);
        if (!set.addAll(changed)) {
            changed.forEach(set::remove);
        }
        return of(set, protocols);
    }

    Chips toggle(Protocol protocol) {
        Set<Protocol> set = EnumSet.noneOf(Protocol.class);
        set.addAll(protocols);
        if (!set.add(protocol)) {
            set.remove(protocol);
        }
        return of(states, set);
    }

    /** {@code CLOSE_WAIT,LAST_ACK tcp}; empty where nothing is chosen. */
    String text() {
        List<String> parts = new ArrayList<>();
        if (!states.isEmpty()) {
            parts.add(String.join(",", names(states)));
        }
        if (!protocols.isEmpty()) {
            parts.add(String.join(",", ids(protocols)));
        }
        return String.join(" ", parts);
    }

    private static List<String> names(Set<SocketState> states) {
        return states.stream().sorted().map(SocketState::name).toList();
    }

    private static List<String> ids(Set<Protocol> protocols) {
        return protocols.stream().sorted().map(Protocol::id).toList();
    }

    /** The rows of a spec that are of these states and protocols. */
    PivotSpec narrow(PivotSpec spec) {
        if (filter == null) {
            return spec;
        }
        Filter typed = spec.filter();
        Filter both = typed == null ? filter : new Both(typed, filter);
        return spec.withFilter(both);
    }

    /** Rows that match two filters. */
    private record Both(Filter first, Filter second) implements Filter {
        @Override
        public RowTest on(Snapshot snapshot) {
            RowTest one = first.on(snapshot);
            RowTest other = second.on(snapshot);
            return row -> one.matches(row) && other.matches(row);
        }

        @Override
        public Set<Field> fields() {
            Set<Field> fields = new HashSet<>(first.fields());
            fields.addAll(second.fields());
            return fields;
        }

        @Override
        public String source() {
            return "(" + first.source() + ") and " + second.source();
        }
    }
}
