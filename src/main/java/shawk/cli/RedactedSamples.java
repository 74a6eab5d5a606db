package shawk.cli;

import shawk.model.Snapshot;

/** Samples behind the one place where redaction happens. */
record RedactedSamples(Samples real, Redactor redactor) implements WrappedSamples {
    @Override
    public Snapshot next() throws Failure {
        return redactor.redact(real.next());
    }

    /** Their names would be hidden anyway. */
    @Override
    public boolean asksPeers() {
        return false;
    }
}
