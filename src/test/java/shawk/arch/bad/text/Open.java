package shawk.arch.bad.text;

/** A class to be extended by whoever likes. */
public class Open {}
