package shawk.cli;

import java.util.List;
import shawk.expr.Nearest;

/** Names to choose from. Pure. */
final class Choices {
    private Choices() {}

    /** The name that was probably meant, or all that there are. */
    static String hint(String typed, List<String> names) {
        return Nearest.advice(typed, names, "there are: " + String.join(", ", names));
    }
}
