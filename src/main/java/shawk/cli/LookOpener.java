package shawk.cli;

import shawk.look.Observations;

/** How a look comes by what is stored. */
@FunctionalInterface
interface LookOpener {
    /** Opens the CMDB that the environment chooses. */
    Opened open(Environment environment, Notices notices) throws Failure;

    /** An open CMDB. */
    interface Opened extends AutoCloseable {
        Observations observations();

        /** Ends what is being asked, and all that would be asked from now on. Any thread. */
        void cancel();

        @Override
        void close();
    }
}
