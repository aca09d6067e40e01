package io.millrace.trainer.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.trainer.round.RoundProgress;
import java.time.Clock;
import java.util.Map;

/**
 * What a trainer runs with.
 *
 * @param kafka client properties, {@code bootstrap.servers} among them
 * @param instance name of this process among its peers; the same after a restart
 * @param clock for the times in records
 * @param registry where it counts
 * @param progress hears how far the rounds of a service are, on their own threads
 */
public record TrainerSettings(
        Map<String, Object> kafka, String instance, Clock clock, MeterRegistry registry, RoundProgress progress) {
    public TrainerSettings {
        kafka = Map.copyOf(kafka);
    }

    /** Of whose rounds nobody hears but by the records. */
    public TrainerSettings(Map<String, Object> kafka, String instance, Clock clock, MeterRegistry registry) {
        this(kafka, instance, clock, registry, RoundProgress.SILENT);
    }

    /** The same under another name. */
    TrainerSettings named(String other) {
        return new TrainerSettings(kafka, other, clock, registry, progress);
    }
}
