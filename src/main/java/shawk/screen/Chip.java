package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.model.Column;
import shawk.model.Protocol;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;

/**
 * A state or a protocol that can be chosen.
 *
 * @param label what stands on it
 * @param letter the key that chooses it
 * @param count sockets of it, whatever else is chosen, that match the typed filter
 * @param states what it chooses; of a protocol none
 * @param protocol null = it is one of states
 */
record Chip(
        String label,
        char letter,
        int count,
        List<SocketState> states,
        @Nullable Protocol protocol) {
    /** Letters of the states; those that are looked for together have one. */
    private static final List<Chip> STATES = List.of(
            state('e', SocketState.ESTABLISHED),
            state('s', SocketState.SYN_SENT, SocketState.SYN_RECV, SocketState.NEW_SYN_RECV),
            state('f', SocketState.FIN_WAIT1, SocketState.FIN_WAIT2),
            state('c', SocketState.CLOSE_WAIT),
            state('a', SocketState.LAST_ACK),
            state('g', SocketState.CLOSING),
            state('t', SocketState.TIME_WAIT),
            state('l', SocketState.LISTEN),
            state('x', SocketState.CLOSE),
            state('n', SocketState.UNCONN));

    private static final String PROTOCOL_LETTERS = "pumi";

    Chip {
        states = List.copyOf(states);
    }

    private static Chip state(char letter, SocketState... states) {
        String label = states.length == 1
                ? states[0].name()
                : states[0] == SocketState.SYN_SENT ? "SYN_SENT/RECV" : "FIN_WAIT";
        return new Chip(label, letter, 0, List.of(states), null);
    }

    boolean isOn(Chips chips) {
        return protocol == null
                ? chips.states().containsAll(states)
                : chips.protocols().contains(protocol);
    }

    Chips toggle(Chips chips) {
        return protocol == null ? chips.toggle(states) : chips.toggle(protocol);
    }

    /** Those that some socket is of, and those that are chosen; one pass over the sockets that makes no object. */
    static List<Chip> present(Snapshot snapshot, @Nullable Filter typed, Chips chosen) {
        int[] ofState = new int[SocketState.values().length];
        int[] ofProtocol = new int[Protocol.values().length];
        SocketTable table = snapshot.table();
        Filter.RowTest test = typed == null ? null : typed.on(snapshot);
        for (int row = 0; row < table.sockets(); row++) {
            if (test == null || test.matches(row)) {
                count(ofState, table.value(Column.STATE, row));
                count(ofProtocol, table.value(Column.PROTOCOL, row));
            }
        }
        List<Chip> chips = new ArrayList<>();
        for (Chip chip : STATES) {
            int count = 0;
            for (SocketState state : chip.states) {
                count += ofState[state.ordinal()];
            }
            addPresent(chips, new Chip(chip.label, chip.letter, count, chip.states, null), chosen);
        }
        for (Protocol protocol : Protocol.values()) {
            char letter =
                    protocol.ordinal() < PROTOCOL_LETTERS.length() ? PROTOCOL_LETTERS.charAt(protocol.ordinal()) : 0;
            addPresent(
                    chips,
                    new Chip(protocol.id(), letter, ofProtocol[protocol.ordinal()], List.of(), protocol),
                    chosen);
        }
        return chips;
    }

    private static void count(int[] counts, long ordinal) {
        if (ordinal != SocketTable.ABSENT) {
            counts[(int) ordinal]++;
        }
    }

    private static void addPresent(List<Chip> chips, Chip chip, Chips chosen) {
        if (chip.count > 0 || chip.isOn(chosen)) {
            chips.add(chip);
        }
    }

    /** The one of this letter, whether some socket is of it or not; null = none. */
    static @Nullable Chip of(int letter, List<Chip> present) {
        for (Chip chip : present) {
            if (chip.letter == letter) {
                return chip;
            }
        }
        for (Chip chip : STATES) {
            if (chip.letter == letter) {
                return chip;
            }
        }
        return null;
    }
}
