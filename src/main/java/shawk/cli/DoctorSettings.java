package shawk.cli;

/**
 * What {@code shawk doctor} was asked for.
 *
 * @param view how it takes its sample: as the monitor would
 * @param json whether the report is JSON
 * @param color whether its text may hold colours
 */
record DoctorSettings(ViewSettings view, boolean json, boolean color) {}
