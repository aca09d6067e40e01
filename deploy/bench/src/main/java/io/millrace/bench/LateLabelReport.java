package io.millrace.bench;

import io.millrace.bench.LateLabelPlan.Fate;
import io.millrace.bench.LateLabelPlan.Outcome;
import io.millrace.stream.runtime.LabelBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the labels of a run, beside what had to.
 *
 * @param expected what had to become of them; nothing waits in the end
 * @param counted what the pipeline counted
 * @param eventsByFate how many events had each fate
 * @param sizes of the state over event time
 * @param wrong what is not as it had to be, in words; empty when all is well
 */
public record LateLabelReport(
        LabelBalance expected,
        LabelBalance counted,
        Map<String, Long> eventsByFate,
        List<StateSize> sizes,
        List<String> wrong,
        double seconds) {
    private static final int WORDS_AT_MOST = 20;
    private static final double NANOS_PER_SECOND = 1e9;

    /** How large the state was when event time had come so far. */
    public record StateSize(long eventTimeMillis, long events, long waitingLabels, long bytes) {}

    static LateLabelReport of(
            LateLabelPlan plan,
            LabelBalance counted,
            LateLabelOutcomes found,
            List<StateSize> sizes,
            long elapsedNanos) {
        Map<String, Long> fates = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        long settled = 0;
        long duplicate = 0;
        long superseded = 0;
        long orphaned = 0;
        long dead = 0;
        for (int event = 0; event < plan.events(); event++) {
            Outcome outcome = plan.outcome(event);
            Fate fate = plan.fate(event);
            fates.merge(fate.name().toLowerCase(Locale.ROOT), 1L, Long::sum);
            settled += outcome.settled();
            duplicate += outcome.duplicate();
            superseded += outcome.superseded();
            orphaned += outcome.orphaned();
            dead += outcome.dead();
            Outcome.State state = found.states().get(event);
            if (state != outcome.state() && wrong.size() < WORDS_AT_MOST) {
                wrong.add("event " + event + " (" + fate + ") ended as " + state + ", not " + outcome.state());
            }
        }
        long received = settled + duplicate + superseded + orphaned + dead;
        LabelBalance expected = new LabelBalance(received, settled, duplicate, superseded, 0, orphaned, dead, 0);
        if (!counted.equals(expected)) {
            wrong.add("the pipeline counted " + counted + ", not " + expected);
        }
        if (counted.unaccounted() != 0) {
            wrong.add(counted.unaccounted() + " labels are unaccounted for");
        }
        if (found.examples() != settled) {
            wrong.add(found.examples() + " examples lie on the topic, not " + settled);
        }
        if (found.orphans() != orphaned) {
            wrong.add(found.orphans() + " labels lie on the orphan topic, not " + orphaned);
        }
        return new LateLabelReport(expected, counted, fates, sizes, wrong, elapsedNanos / NANOS_PER_SECOND);
    }
}
