/** Names for users, services and containers, out of the files of the host and of its runtimes. */
@NullMarked
package shawk.enrich;

import org.jspecify.annotations.NullMarked;
