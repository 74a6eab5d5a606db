package shawk.arch.bad.screen;

import com.googlecode.lanterna.TextColor;
import shawk.arch.bad.view.tui.Paints;

/** The core knowing its view, and the view's library. */
public final class Looks {
    TextColor colour = TextColor.ANSI.RED;
    Paints view = new Paints();
}
