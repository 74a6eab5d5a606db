package shawk.arch.bad.source.diag;

/** An adapter. */
public final class Queries {}
