package shawk.store;

import java.util.UUID;

/** Where batches go. Used by one thread; no call takes longer than the time-outs of the connection allow. */
public interface Store extends AutoCloseable {
    /**
     * Takes the host over: every agent that had it before is fenced from now on.
     *
     * @param instance whose batches these are: the spool's identity, which outlives a restart
     */
    Lease register(HostIdentity host, UUID instance) throws StoreException;

    /**
     * As {@link #register}, but {@code FENCED} where another instance has stored something of the host within the last
     * two minutes: for who stores now and then, and leaves the host to its agent.
     */
    Lease registerIfFree(HostIdentity host, UUID instance) throws StoreException;

    /**
     * Goes on with a lease after the connection was lost: {@code FENCED} where another has taken the host over
     * meanwhile, registered anew where the store knows nothing of it any more.
     */
    Lease resume(HostIdentity host, Lease held) throws StoreException;

    /**
     * Stores a batch, once however often it is offered. Batches of an instance come in the order of their numbers; a
     * number may be left out.
     *
     * @param sequence the batch's number, from 1
     */
    Written write(Lease lease, long sequence, Batch batch) throws StoreException;

    /** What is due now and then: partitions, retention, roll-ups of this host's hours. Harmless when repeated. */
    void maintain(Lease lease) throws StoreException;

    @Override
    void close();

    /**
     * The right to write for a host.
     *
     * @param hostId {@link HostIdentity#id()}
     * @param instance as given
     * @param epoch how often the host was taken over
     * @param lastSequence the number of the last batch of this instance that was stored; 0 = none
     */
    record Lease(long hostId, UUID instance, long epoch, long lastSequence) {}

    /**
     * What became of a batch.
     *
     * @param before whether it had been stored before, so that nothing was done now
     * @param rows rows stored
     * @param rejected rows that were set aside, each with its reason in the store
     */
    record Written(boolean before, int rows, int rejected) {}
}
