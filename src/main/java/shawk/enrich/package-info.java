/**
 * Names for users, services, containers and hosts, out of the host's files and those of its runtimes, and of the DNS.
 */
@NullMarked
package shawk.enrich;

import org.jspecify.annotations.NullMarked;
