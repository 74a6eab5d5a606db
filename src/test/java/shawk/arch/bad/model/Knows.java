package shawk.arch.bad.model;

import shawk.arch.bad.cli.Starts;

/** A value that knows the program. */
public final class Knows {
    Starts program;
}
