package io.millrace.trainer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * When a candidate is better than the champion; both are scored on the same hold-out.
 *
 * @param metric what counts; average precision by default
 * @param margin the candidate must gain so much; 0.002 by default
 * @param confidence of the paired bootstrap interval of the gain, whose lower end must be above zero; 0.9 by default
 * @param resamples of the bootstrap; 1,000 by default
 * @param segmentMargin in no segment may the metric fall by more; 0.02 by default
 * @param segmentPositives segments with fewer positives in the hold-out are not judged; 20 by default
 * @param forgetting on older examples, replayed or not, the metric may fall by no more; 0.05 by default
 * @param maxSlowdown a candidate that takes more than so many times as long to score is refused; 3 by default
 * @param floor how much may be forgotten of the domain that a model was first made for
 */
public record GateConfig(
        GateMetric metric,
        double margin,
        double confidence,
        int resamples,
        double segmentMargin,
        int segmentPositives,
        double forgetting,
        double maxSlowdown,
        FloorConfig floor) {

    /** Absent values take their defaults. */
    @JsonCreator
    public static GateConfig of(
            @Nullable GateMetric metric,
            @Nullable Double margin,
            @Nullable Double confidence,
            @Nullable Integer resamples,
            @Nullable Double segmentMargin,
            @Nullable Integer segmentPositives,
            @Nullable Double forgetting,
            @Nullable Double maxSlowdown,
            @Nullable FloorConfig floor) {
        return new GateConfig(
                metric == null ? GateMetric.AVERAGE_PRECISION : metric,
                margin == null ? 0.002 : margin,
                confidence == null ? 0.9 : confidence,
                resamples == null ? 1_000 : resamples,
                segmentMargin == null ? 0.02 : segmentMargin,
                segmentPositives == null ? 20 : segmentPositives,
                forgetting == null ? 0.05 : forgetting,
                maxSlowdown == null ? 3 : maxSlowdown,
                floor == null ? FloorConfig.of(null) : floor);
    }

    /** With the floor of the defaults. */
    public static GateConfig of(
            @Nullable GateMetric metric,
            @Nullable Double margin,
            @Nullable Double confidence,
            @Nullable Integer resamples,
            @Nullable Double segmentMargin,
            @Nullable Integer segmentPositives,
            @Nullable Double forgetting,
            @Nullable Double maxSlowdown) {
        return of(
                metric, margin, confidence, resamples, segmentMargin, segmentPositives, forgetting, maxSlowdown, null);
    }

    /** The defaults. */
    public static GateConfig defaults() {
        return of(null, null, null, null, null, null, null, null);
    }

    public GateConfig {
        Checks.range("margin", margin, 0.0, 1.0);
        Checks.range("confidence", confidence, 0.5, 0.999);
        Checks.range("resamples", resamples, 100, 100_000);
        Checks.range("segment-margin", segmentMargin, 0.0, 1.0);
        Checks.range("segment-positives", segmentPositives, 1, 1_000_000);
        Checks.range("forgetting", forgetting, 0.0, 1.0);
        Checks.range("max-slowdown", maxSlowdown, 1.0, 1_000.0);
    }
}
