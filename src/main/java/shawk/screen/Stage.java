package shawk.screen;

import java.util.List;

/**
 * What stands on a terminal: takes what happens to it, and draws. All methods but {@link #onNews} are called by the one
 * thread that draws; none does I/O.
 */
public interface Stage {
    /** From now on {@code wake} is run, on any thread, whenever there is something new to take. */
    void onNews(Runnable wake);

    /** Takes what is new. */
    void takeNews();

    /** Takes an event; returns what is to be done to the terminal, and what {@link Acts} are to do. */
    List<Effect> on(Event event);

    /** Draws the present frame. */
    void draw(Grid grid);
}
