package shawk.cli;

import shawk.model.Snapshot;

/** Samples behind the one place where redaction happens. */
record RedactedSamples(Samples real, Redactor redactor) implements Samples {
    @Override
    public Snapshot next() throws Failure {
        return redactor.redact(real.next());
    }

    @Override
    public boolean hasNext() throws Failure {
        return real.hasNext();
    }

    @Override
    public boolean live() {
        return real.live();
    }

    @Override
    public long intervalNanos(long asked) {
        return real.intervalNanos(asked);
    }

    @Override
    public void close() {
        real.close();
    }
}
