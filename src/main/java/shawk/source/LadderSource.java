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

    private final SourceConfig config;
    private final Opener opener;
    private Capabilities facts;
    private SourcePlan plan;
    private @Nullable Source current;
    private boolean statistics;

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
                return withPlan(reading.of(current));
            } catch (SourceException failure) {
                if (failure.passing()) {
                    throw failure;
                }
                close();
                if (plan.ladder().size() == 1) {
                    throw failure;
                }
                facts = facts.withoutNetlink(String.valueOf(failure.getMessage()));
                plan = SourcePlan.from(facts, config);
            }
        }
    }

    /**
     * What the plan says of the source itself joins what the sample says of what it met. So does what it says of other
     * namespaces where the sample met none: without privileges there is no telling that there are any.
     */
    private RawSample withPlan(RawSample sample) {
        List<Degradation> all = new ArrayList<>();
        addOfPlan("source", all);
        addOfPlan("unix", all);
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
