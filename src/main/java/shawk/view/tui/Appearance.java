package shawk.view.tui;

import shawk.screen.Theme;

/**
 * How the terminal is drawn on.
 *
 * @param theme which colours
 * @param mono whether the theme that nobody chose has no colours
 * @param mouse whether the terminal is to report the mouse
 * @param term type of the terminal
 */
public record Appearance(Theme theme, boolean mono, boolean mouse, String term) {}
