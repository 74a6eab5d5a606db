package shawk.screen;

import shawk.model.Snapshot;

/** What can happen to the screen. */
public sealed interface Event {
    /** A key was pressed. */
    record KeyPressed(Key key) implements Event {}

    /** The terminal has another size. */
    record Resized(int columns, int rows) implements Event {}

    /** There is a newer snapshot. */
    record SampleArrived(Snapshot snapshot) implements Event {}

    /** Something is to be said: one line of the program's own, until the next key. */
    record Said(String message) implements Event {}
}
