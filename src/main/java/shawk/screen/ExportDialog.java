package shawk.screen;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that what is on the screen is written into; its form goes by its name.
 *
 * @param line what there is
 * @param error what is wrong with it, null = nothing
 */
record ExportDialog(LineEdit line, @Nullable String error) implements Dialog {
    private static final List<String> FORMS = List.of("json", "csv", "txt");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** With a name that says when and what. */
    static Step ask(UiState state, Tree tree) {
        long micros = tree.pivot().snapshot().wallMicros();
        String time = TIME.format(Instant.ofEpochSecond(micros / 1_000_000));
        String name = "shawk-" + time + "-" + state.view().id() + ".csv";
        return Step.to(state.withDialog(new ExportDialog(LineEdit.of(name), null)));
    }

    @Override
    public Step key(UiState state, Key key, Tree tree) {
        return switch (key.kind()) {
            case ESCAPE -> Step.to(state.withDialog(null));
            case ENTER -> export(state, tree);
            case TAB -> Step.to(state.withDialog(new ExportDialog(otherForm(), null)));
            default -> Step.to(state.withDialog(new ExportDialog(line.on(key), null)));
        };
    }

    private static String form(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The same name with the next ending. */
    private LineEdit otherForm() {
        String name = line.text();
        int at = FORMS.indexOf(form(name));
        String stem = at < 0 ? name : name.substring(0, name.lastIndexOf('.'));
        return LineEdit.of(stem + "." + FORMS.get((at + 1) % FORMS.size()));
    }

    private Step export(UiState state, Tree tree) {
        String name = line.text().strip();
        if (!FORMS.contains(form(name)) || name.startsWith(".") && name.lastIndexOf('.') == 0) {
            return Step.to(state.withDialog(new ExportDialog(line, "end the name with .json, .csv or .txt")));
        }
        Shown shown = new Shown(tree.pivot().snapshot(), state);
        return Step.to(
                state.withDialog(null).withMessage("writing " + name), new Effect.Export(name, form(name), shown));
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        String hint = error == null ? "Tab: .json, .csv or .txt; nothing is overwritten" : error;
        InputLine.draw(pen, " export to: ", line, hint, -1);
    }

    @Override
    public boolean onLastLine() {
        return true;
    }
}
