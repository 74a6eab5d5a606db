package shawk.zk.proto;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The words that {@link Message#op} may be. Immutable. */
public final class OpNames {
    /** Those that have names; of the others {@link #mayBe} knows. */
    public static final List<String> ALL = all();

    /** Four-letter words that no server knows, and numbers without names. */
    private static final Pattern OTHERS = Pattern.compile("[a-z]{4}|(op|event)-?[0-9]{1,10}");

    private OpNames() {}

    private static List<String> all() {
        Set<String> names = new LinkedHashSet<>();
        names.add(OpCodes.CONNECT);
        for (int op = OpCodes.CLOSE_SESSION; op <= OpCodes.FOREIGN_TO; op++) {
            String name = OpCodes.known(op);
            if (name != null) {
                names.add(name);
            }
        }
        for (int type = Byte.MIN_VALUE; type <= Byte.MAX_VALUE; type++) {
            if (EventTypes.isKnown(type)) {
                names.add(EventTypes.name(type));
            }
            if (ZabTypes.isKnown(type)) {
                names.add(ZabTypes.name(type));
            }
        }
        names.add(QuorumAuth.OP);
        names.add(FleConversation.INITIAL);
        names.add(FleConversation.NOTIFICATION);
        names.addAll(FourLetters.words());
        names.add(FourLetters.TELNET_CLOSE);
        return List.copyOf(names);
    }

    /** Whether some message may be called so. */
    public static boolean mayBe(String name) {
        return ALL.contains(name) || OTHERS.matcher(name).matches();
    }
}
