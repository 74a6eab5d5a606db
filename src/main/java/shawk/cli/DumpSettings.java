package shawk.cli;

import shawk.view.dump.Format;

/**
 * What {@code shawk dump} was asked for.
 *
 * @param view what it shares with the monitor
 * @param count samples; 0 = until interrupted
 * @param format form of the output
 * @param levels whether parents are written too
 * @param rates whether a sample is taken before the first that is written
 * @param limit the most rows a sample
 * @param header whether names of columns are written
 * @param color whether a table may hold colours
 */
record DumpSettings(
        ViewSettings view,
        long count,
        Format format,
        boolean levels,
        boolean rates,
        long limit,
        boolean header,
        boolean color) {}
