/**
 * The edge to {@code libshawk.so}: loading, the ABI handshake, errno as exceptions, one downcall a sample into buffers
 * that are kept. The only package that knows JNA.
 *
 * <p>It does not interpret records; their flyweights are in {@code shawk.model}.
 */
@NullMarked
package shawk.nativelib;

import org.jspecify.annotations.NullMarked;
