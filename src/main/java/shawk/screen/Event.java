package shawk.screen;

import shawk.model.Snapshot;

/** What can happen to the screen. */
public sealed interface Event {
    /** A key was pressed. */
    record KeyPressed(Key key) implements Event {}

    /**
     * The left button of the mouse was pressed.
     *
     * @param column of the cell, from 0
     * @param row of the cell, from 0
     * @param twice whether the press before was on the same cell a moment ago
     */
    record Clicked(int column, int row, boolean twice) implements Event {}

    /**
     * The wheel of the mouse was turned.
     *
     * @param steps notches; negative = up
     */
    record Wheeled(int steps) implements Event {}

    /** The terminal has said what its background is. */
    record Background(boolean dark) implements Event {}

    /** The terminal has another size. */
    record Resized(int columns, int rows) implements Event {}

    /** There is a newer snapshot. */
    record SampleArrived(Snapshot snapshot) implements Event {}

    /** The moment that somebody wanted to go to is there. */
    record MomentShown(Snapshot snapshot) implements Event {}

    /** Where in time the monitor is. */
    record TimeTold(TimeStatus status) implements Event {}

    /** Something is to be said: one line of the program's own, until the next key. */
    record Said(String message) implements Event {}
}
