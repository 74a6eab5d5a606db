/**
 * The command line and the composition root: options to settings, settings to sources, collector and views, ends to
 * exit statuses. Nobody imports it.
 */
@NullMarked
package shawk.cli;

import org.jspecify.annotations.NullMarked;
