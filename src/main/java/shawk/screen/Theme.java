package shawk.screen;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which colours are drawn with. */
public enum Theme {
    /** As the terminal's background asks for; safe on both where it does not tell. */
    AUTO("auto"),
    DARK("dark"),
    LIGHT("light"),
    /** Nothing depends on telling red from green. */
    COLOUR_BLIND("colour-blind"),
    /** No colours: bold, underlined, reversed. */
    MONO("mono");

    private final String id;

    Theme(String id) {
        this.id = id;
    }

    /** Its name in the config file and the palette. */
    public String id() {
        return id;
    }

    /** The theme of this name; null where there is none. */
    public static @Nullable Theme find(String id) {
        for (Theme theme : values()) {
            if (theme.id.equals(id)) {
                return theme;
            }
        }
        return null;
    }

    /** The names of all. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Theme::id).toList();
    }
}
