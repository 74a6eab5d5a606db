package shawk.screen.zk;

/**
 * One of the filters that stand inside each other: what it lets through is counted by itself, from when it was made.
 * Immutable.
 *
 * @param id no other one has it; 0 = the outermost one as the program began
 * @param filter as somebody typed it; empty = all
 */
public record TopLevel(long id, String filter) {}
