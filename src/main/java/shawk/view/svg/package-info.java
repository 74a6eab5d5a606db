/**
 * A graph of who depends on whom as a picture: boxes that stand for many alike, laid out in layers by ELK, written as
 * SVG. Knows neither the store nor the terminal.
 */
@NullMarked
package shawk.view.svg;

import org.jspecify.annotations.NullMarked;
