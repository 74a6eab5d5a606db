package shawk.screen;

import java.util.Locale;
import shawk.screen.Key.Kind;

/** The keys that go from view to view. */
final class ViewKeys {
    private ViewKeys() {}

    static void add(KeyTable table) {
        for (View view : View.values()) {
            String title = view.title();
            table.keys("view-" + title.toLowerCase(Locale.ROOT), Key.of(view.key()))
                    .unless(ViewActions.isShown(view))
                    .does("the view " + title + ", of the whole host", ViewActions.show(view));
        }
        table.keys("view-next", Key.of(Kind.TAB)).does("the next view", ViewActions.next(1));
        table.keys("view-previous", Key.of(Kind.BACK_TAB)).does("the view before", ViewActions.next(-1));
    }
}
