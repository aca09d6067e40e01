package io.millrace.trainer.gate;

import io.millrace.inference.metrics.DecisionThreshold;
import io.millrace.trainer.config.GateConfig;
import io.millrace.trainer.gate.PairedBootstrap.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a candidate replaces the champion. Both are judged on rows that neither learned from; the candidate
 * must gain enough, surely enough, lose in no segment, remember the past and its first domain, be about as fast, and
 * decide sensibly.
 *
 * <p>Threading: stateless. The same scores and seed give the same report.
 */
public final class Gate {
    /** Name of the check that the stream would take the candidate. */
    public static final String LOADS = "loads";
    /** Name of the check that all scores are numbers; without it nothing can be compared. */
    public static final String FINITE = "finite";
    /** Name of the check that the first domain is not forgotten. */
    public static final String FLOOR = "floor";
    /** Name of the only check that depends on the machine. */
    public static final String SLOWDOWN = "slowdown";

    /** A cut that calls so many times more or fewer rows positive than there are positive ones is not believed. */
    private static final double STRANGE_ALERTS = 10;

    private final GateConfig config;
    private final long seed;

    public Gate(GateConfig config, long seed) {
        this.config = config;
        this.seed = seed;
    }

    /** The report of a candidate that cannot be loaded: it is refused for the loader's reason. */
    public static GateReport notLoadable(@Nullable String reason) {
        return new GateReport(
                List.of(Check.withoutNumbers(LOADS, false, "the stream would refuse the candidate: " + reason)));
    }

    /**
     * Judges a candidate that loads.
     *
     * @param holdOut rows that nobody learned from; some of them positive
     * @param older rows from before the training; may be empty
     * @param floor how good both are on the domain that the model was first made for; null if nothing tells
     */
    public GateReport judge(Comparison holdOut, Comparison older, @Nullable Floor floor, Speed speed) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.withoutNumbers(LOADS, true, "the candidate loads and answers its trial rows"));
        Check finite = finite(holdOut, older);
        checks.add(finite);
        if (finite.passed()) {
            gain(holdOut, checks);
            segments(holdOut, checks);
            forgetting(older, checks);
            if (floor != null) {
                checks.add(floor(floor));
            }
            checks.add(holdOut.decisions() == null ? decisions(holdOut) : classes(holdOut));
        }
        checks.add(slowdown(speed));
        return new GateReport(checks);
    }

    private static Check finite(Comparison holdOut, Comparison older) {
        int inHoldOut = holdOut.firstNotFinite();
        int inOlder = older.firstNotFinite();
        if (inHoldOut < 0 && inOlder < 0) {
            return Check.withoutNumbers(
                    FINITE, true, "all " + (holdOut.rows() + older.rows()) + " scores are finite numbers");
        }
        Comparison where = inHoldOut >= 0 ? holdOut : older;
        int row = inHoldOut >= 0 ? inHoldOut : inOlder;
        return Check.withoutNumbers(
                FINITE,
                false,
                "row " + row + " of the " + (inHoldOut >= 0 ? "hold-out" : "older examples") + " is scored "
                        + where.candidate()[row] + " by the candidate and " + where.champion()[row]
                        + " by the champion: every score must be a finite number");
    }

    private void gain(Comparison rows, List<Check> checks) {
        String metric = GateMetrics.name(config.metric());
        double champion = GateMetrics.of(config.metric(), rows.ofChampion());
        double candidate = GateMetrics.of(config.metric(), rows.ofCandidate());
        double gain = candidate - champion;
        checks.add(new Check(
                metric + "-gain",
                gain >= config.margin(),
                champion,
                candidate,
                config.margin(),
                text(
                        "%s on the hold-out goes from %.5f to %.5f: a gain of %.5f, at least %.5f is asked for",
                        metric, champion, candidate, gain, config.margin())));
        Interval interval = new PairedBootstrap(config.resamples(), config.confidence(), seed)
                .gain(
                        GateMetrics.weighted(config.metric(), rows.ofChampion()),
                        GateMetrics.weighted(config.metric(), rows.ofCandidate()),
                        rows.rows());
        checks.add(new Check(
                metric + "-gain-interval",
                interval.low() > 0,
                null,
                interval.low(),
                0.0,
                text(
                        "with %.1f %% confidence the gain in %s lies between %.5f and %.5f: its lower end must be"
                                + " above 0",
                        100 * config.confidence(), metric, interval.low(), interval.high())));
    }

    private void segments(Comparison rows, List<Check> checks) {
        String metric = GateMetrics.name(config.metric());
        rows.bySegment().forEach((segment, part) -> {
            int positives = part.positiveCount();
            if (positives < config.segmentPositives() || positives == part.rows()) {
                return;
            }
            double champion = GateMetrics.of(config.metric(), part.ofChampion());
            double candidate = GateMetrics.of(config.metric(), part.ofCandidate());
            checks.add(new Check(
                    "segment/" + segment,
                    candidate >= champion - config.segmentMargin(),
                    champion,
                    candidate,
                    config.segmentMargin(),
                    text(
                            "%s of segment '%s' (%d rows, %d positive) goes from %.5f to %.5f: it may fall by %.5f at"
                                    + " most",
                            metric, segment, part.rows(), positives, champion, candidate, config.segmentMargin())));
        });
    }

    private void forgetting(Comparison older, List<Check> checks) {
        int positives = older.positiveCount();
        if (positives < config.segmentPositives() || positives == older.rows()) {
            return;
        }
        String metric = GateMetrics.name(config.metric());
        double champion = GateMetrics.of(config.metric(), older.ofChampion());
        double candidate = GateMetrics.of(config.metric(), older.ofCandidate());
        checks.add(new Check(
                "forgetting",
                candidate >= champion - config.forgetting(),
                champion,
                candidate,
                config.forgetting(),
                text(
                        "%s on %d older examples (%d positive) goes from %.5f to %.5f: it may fall by %.5f at most",
                        metric, older.rows(), positives, champion, candidate, config.forgetting())));
    }

    private Check floor(Floor floor) {
        double lost = 100 * (floor.reference() - floor.candidate());
        double allowed = config.floor().pointsLost();
        return new Check(
                FLOOR,
                // Shares are not exact: a hundredth of what one example weighs decides nothing.
                lost <= allowed + 1.0 / floor.examples(),
                floor.champion(),
                floor.candidate(),
                floor.reference() - allowed / 100,
                text(
                        "accuracy on %d examples of the domain that the model was first made for is %.4f, was %.4f of"
                                + " the champion and %.4f at first: %.2f points lost, at most %.2f are allowed",
                        floor.examples(), floor.candidate(), floor.champion(), floor.reference(), lost, allowed));
    }

    /** Whether each class is decided on about as often as it occurs. */
    private static Check classes(Comparison rows) {
        Decided answers = rows.ofCandidate().decisions();
        int[] truths = answers.truths();
        int[] decisions = answers.decisions();
        double worst = 1;
        for (int i = 0; i < truths.length; i++) {
            if (truths[i] > 0) {
                double ratio = (double) decisions[i] / truths[i];
                worst = Math.abs(Math.log(ratio)) > Math.abs(Math.log(worst)) ? ratio : worst;
            }
        }
        return new Check(
                "threshold",
                worst <= STRANGE_ALERTS && worst >= 1 / STRANGE_ALERTS,
                null,
                worst,
                STRANGE_ALERTS,
                text(
                        "the candidate decides %s times on the classes, of which there are %s: the two counts of each"
                                + " must lie within a factor of %.0f",
                        Arrays.toString(decisions), Arrays.toString(truths), STRANGE_ALERTS));
    }

    private static Check decisions(Comparison rows) {
        DecisionThreshold cut = DecisionThreshold.bestF1(rows.ofCandidate().scored());
        int positives = rows.positiveCount();
        int alerts = 0;
        for (double score : rows.candidate()) {
            alerts += score >= cut.value() ? 1 : 0;
        }
        double ratio = (double) alerts / positives;
        boolean sane = cut.value() > 0
                && cut.value() < 1
                && ratio <= STRANGE_ALERTS
                && ratio >= 1 / STRANGE_ALERTS
                && alerts < rows.rows();
        return new Check(
                "threshold",
                sane,
                null,
                ratio,
                STRANGE_ALERTS,
                text(
                        "at its best threshold %.5f the candidate calls %d of %d rows positive, %d are: the threshold"
                                + " must lie between 0 and 1 and the two counts within a factor of %.0f",
                        cut.value(), alerts, rows.rows(), positives, STRANGE_ALERTS));
    }

    private Check slowdown(Speed speed) {
        double slowdown = speed.slowdown();
        return new Check(
                SLOWDOWN,
                slowdown <= config.maxSlowdown(),
                null,
                slowdown,
                config.maxSlowdown(),
                text(
                        "the candidate takes %.2f times as long as the champion to score the same rows: at most %.2f"
                                + " times is allowed",
                        slowdown, config.maxSlowdown()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
