/** What more than one view needs: text on its way to a stream, clocks. It knows none of them. */
@NullMarked
package shawk.view;

import org.jspecify.annotations.NullMarked;
