package shawk.cli;

import shawk.look.LookException;
import shawk.look.Observations;
import shawk.store.local.Access;
import shawk.store.pg.PgCmdb;

/** The CMDB that a look asks: the one that the environment chooses. */
final class LookCmdb implements LookOpener.Opened {
    private final PgCmdb cmdb;
    private final Observations observations;

    private LookCmdb(PgCmdb cmdb, Observations observations) {
        this.cmdb = cmdb;
        this.observations = observations;
    }

    static LookOpener.Opened open(Environment environment, Notices notices) throws Failure {
        PgCmdb cmdb = CmdbChoice.of(environment, notices).open(Access.READ);
        try {
            return new LookCmdb(cmdb, cmdb.observations());
        } catch (LookException e) {
            cmdb.close();
            throw Failure.missing(Failure.plain(e.getMessage()));
        }
    }

    @Override
    public Observations observations() {
        return observations;
    }

    @Override
    public void cancel() {
        cmdb.stop();
    }

    @Override
    public void close() {
        cmdb.close();
    }
}
