package shawk.arch.bad.view.tui;

import picocli.CommandLine;
import shawk.arch.bad.source.Reads;

/** A view that reads a source, takes another's library and asks for the time of day. */
public final class Paints {
    long when = System.currentTimeMillis();
    Reads source = new Reads();
    CommandLine library = new CommandLine(this);
}
