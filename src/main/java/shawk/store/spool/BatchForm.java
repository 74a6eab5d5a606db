package shawk.store.spool;

import java.util.List;
import shawk.store.Batch;

/** What a batch is as bytes, and what becomes of several that have to share less room. Pure; used by any thread. */
public interface BatchForm {
    /** The bytes of a batch. */
    byte[] encode(Batch batch);

    /**
     * The batch of these bytes.
     *
     * @throws IllegalArgumentException if they are none: the bytes are hostile, and nothing else may escape
     */
    Batch decode(byte[] bytes);

    /**
     * One batch that says what all of them say together.
     *
     * @param batches oldest first, not empty
     * @param level 0 = nothing is lost but what a later one says again; up to {@link #COARSEST}: minutes are put
     *     together into ever longer spans
     */
    Batch merge(List<Batch> batches, int level);

    /** The last level. */
    int COARSEST = 2;
}
