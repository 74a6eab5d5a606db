/**
 * The prompt of {@code shawk shell}: lines typed and edited, remembered and completed, and what commands say shown page
 * by page. What the commands are is no business of this package.
 */
@NullMarked
package shawk.view.shell;

import org.jspecify.annotations.NullMarked;
