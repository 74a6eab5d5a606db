/**
 * {@code zk stats} over HTTP: a server for GET and HEAD with bounds on everything, who may ask, the endpoints, the
 * page.
 */
@NullMarked
package shawk.view.http;

import org.jspecify.annotations.NullMarked;
