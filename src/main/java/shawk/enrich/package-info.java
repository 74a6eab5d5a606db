/** Names for users and services, out of the host's own files. */
@NullMarked
package shawk.enrich;

import org.jspecify.annotations.NullMarked;
