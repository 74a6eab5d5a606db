package shawk.store.spool;

/**
 * How a spool fares. Immutable.
 *
 * @param bytes everything that it takes on disk
 * @param waiting whether batches wait for the store
 * @param newest number of the newest batch; 0 = there has been none
 * @param acknowledged batches up to this number are stored or counted as lost
 * @param merges how often segments were put into less room, since it was opened
 * @param lostBatches batches lost since it was opened, as far as they could be counted
 * @param lostFlows rows of flows in them
 */
public record SpoolStatus(
        long bytes, boolean waiting, long newest, long acknowledged, long merges, long lostBatches, long lostFlows) {}
