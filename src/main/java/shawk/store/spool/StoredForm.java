package shawk.store.spool;

import java.util.List;
import shawk.store.Batch;
import shawk.store.BatchCodec;
import shawk.store.Coarsen;
import shawk.store.MalformedBatchException;

/** Batches as the program's own codec has them. */
public final class StoredForm implements BatchForm {
    @Override
    public byte[] encode(Batch batch) {
        return BatchCodec.encode(batch);
    }

    @Override
    public Batch decode(byte[] bytes) {
        try {
            return BatchCodec.decode(bytes);
        } catch (MalformedBatchException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Batch merge(List<Batch> batches, int level) {
        return Coarsen.merge(batches, level);
    }
}
