package io.millrace.stream.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.millrace.schemas.MetricsWindow;
import io.millrace.schemas.avro.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The metrics of a pipeline's newest versions as gauges: over all, and over the latest window that is complete.
 *
 * <p>Threading: safe for all threads.
 */
public final class VersionGauges {
    private static final int NEWEST_VERSIONS = 5;

    private final MultiGauge gauges;
    private final Counter forgotten;
    private final String pipeline;

    VersionGauges(MeterRegistry registry, String pipeline) {
        this.pipeline = pipeline;
        this.gauges = MultiGauge.builder("millrace.model.metric")
                .description("How good a version was on the events that it scored, by the labels so far.")
                .register(registry);
        this.forgotten = Counter.builder("millrace.metrics.forgotten")
                .description("Labels of events that are too old for the metrics of their version.")
                .tag("pipeline", pipeline)
                .register(registry);
    }

    /** A label came that the metrics could not count any more. */
    public void forgotten() {
        forgotten.increment();
    }

    /** Labels that the metrics could not count any more. */
    public long forgottenCount() {
        return (long) forgotten.count();
    }

    /**
     * Shows the newest versions among these.
     *
     * @param now in event time; windows that end later are not complete
     */
    public void show(Collection<Metrics> metrics, Instant now) {
        Set<Integer> versions = new HashSet<>(metrics.stream()
                .map(Metrics::getVersion)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(NEWEST_VERSIONS)
                .toList());
        Map<Integer, Metrics> latestComplete = new TreeMap<>();
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Metrics each : metrics) {
            if (!versions.contains(each.getVersion())) {
                continue;
            }
            if (MetricsWindow.isAll(each)) {
                add(rows, each, "all");
            } else if (!each.getWindowEnd().isAfter(now)) {
                latestComplete.merge(
                        each.getVersion(),
                        each,
                        (one, other) -> one.getWindowEnd().isAfter(other.getWindowEnd()) ? one : other);
            }
        }
        latestComplete.values().forEach(each -> add(rows, each, "latest"));
        gauges.register(rows, true);
    }

    private void add(List<MultiGauge.Row<?>> rows, Metrics metrics, String window) {
        metrics.getValues()
                .forEach((name, value) -> rows.add(MultiGauge.Row.of(
                        Tags.of(
                                "pipeline",
                                pipeline,
                                "model",
                                metrics.getModel(),
                                "version",
                                Integer.toString(metrics.getVersion()),
                                "window",
                                window,
                                "metric",
                                name),
                        value)));
    }
}
