package shawk.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Degradation;
import shawk.model.RawSample;

/**
 * The best source of a plan that works: when one fails, also after many samples, the plan is made anew without it and
 * the next one goes on; a mere shortage of memory or descriptors is not held against it. It never climbs back. Used by
 * one thread at a time.
 */
public final class LadderSource implements Source {
    private static final String NETNS = "netns";
    /** What the plan says of the source itself. */
    private static final List<String> OF_SOURCE = List.of("ebpf", "iterator", "source", "unix", "exe");

    private final SourceConfig config;
    private final Opener opener;
    private Capabilities facts;
    private SourcePlan plan;
    private @Nullable Source current;
    private boolean statistics;
    /** Those of {@link #current}. */
    private long samples;

    /** Opens a source of a kind; may fail. */
    @FunctionalInterface
    public interface Opener {
        /** The source, ready to be polled. */
        Source open(SourceKind kind, SourceConfig config) throws SourceException;
    }

    /**
     * Opens nothing yet.
     *
     * @param opener the adapters; called again whenever a source failed
     */
    public LadderSource(Capabilities facts, SourceConfig config, Opener opener) {
        this.facts = facts;
        this.config = config;
        this.opener = opener;
        this.plan = SourcePlan.from(facts, config);
    }

    /** The plan as it stands. */
    public SourcePlan plan() {
        return plan;
    }

    @Override
    public String name() {
        return current != null
                ? current.name()
                : plan.ladder().isEmpty() ? "none" : plan.ladder().get(0).id();
    }

    @Override
    public RawSample poll() throws SourceException {
        return poll(Source::poll);
    }

    @Override
    public RawSample pollEvents() throws SourceException {
        return poll(Source::pollEvents);
    }

    @Override
    public void setStatistics(boolean on) {
        statistics = on;
        if (current != null) {
            current.setStatistics(on);
        }
    }

    /** One way to read of a source. */
    @FunctionalInterface
    private interface Reading {
        RawSample of(Source source) throws SourceException;
    }

    private RawSample poll(Reading reading) throws SourceException {
        while (true) {
            if (plan.ladder().isEmpty()) {
                throw new SourceException(plan.refusal(), null);
            }
            SourceKind kind = plan.ladder().get(0);
            try {
                if (current == null) {
                    current = opener.open(kind, config);
                    if (statistics) {
                        current.setStatistics(true);
                    }
                }
                RawSample sample = reading.of(current);
                samples++;
                return withPlan(sample);
            } catch (SourceException failure) {
                if (failure.passing()) {
                    throw failure;
                }
                close();
                if (plan.ladder().size() == 1) {
                    throw named(failure);
                }
                facts = facts.without(kind, said(failure.missed()));
                samples = 0;
                plan = SourcePlan.from(facts, config);
            }
        }
    }

    /** Who asked for one source is told which one it is that fails. */
    private SourceException named(SourceException failure) {
        return config.choice() == SourceConfig.Choice.EBPF
                ? new SourceException("source ebpf does not work: " + failure.getMessage(), failure)
                : failure;
    }

    /** A source that did work and then stopped is no source that never could. */
    private Missed said(Missed why) {
        return samples == 0
                ? why
                : new Missed(
                        "it failed after " + samples + (samples == 1 ? " sample: " : " samples: ") + why.reason(),
                        why.fix().isEmpty() ? "start again" : why.fix());
    }

    /**
     * What the plan says of the source itself joins what the sample says of what it met. So does what it says of other
     * namespaces where the sample met none: without privileges there is no telling that there are any.
     */
    private RawSample withPlan(RawSample sample) {
        List<Degradation> all = new ArrayList<>();
        for (String id : OF_SOURCE) {
            addOfPlan(id, all);
        }
        all.addAll(sample.degradations());
        if (config.netns().scope() == NamespaceChoice.Scope.ALL
                && all.stream().noneMatch(each -> each.id().equals(NETNS))) {
            addOfPlan(NETNS, all);
        }
        return sample.withDegradations(all);
    }

    private void addOfPlan(String id, List<Degradation> all) {
        for (Degradation each : plan.degradations()) {
            if (each.id().equals(id)) {
                all.add(each);
            }
        }
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
