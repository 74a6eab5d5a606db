package shawk.arch.bad.elsewhere;

/** In a package that no rule names. */
public final class Hides {}
