package io.millrace.trainer.service;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;

/**
 * What a trainer runs with.
 *
 * @param kafka client properties, {@code bootstrap.servers} among them
 * @param instance name of this process among its peers; the same after a restart
 * @param clock for the times in records
 * @param registry where it counts
 */
public record TrainerSettings(Map<String, Object> kafka, String instance, Clock clock, MeterRegistry registry) {
    public TrainerSettings {
        kafka = Map.copyOf(kafka);
    }

    /** The same under another name. */
    TrainerSettings named(String other) {
        return new TrainerSettings(kafka, other, clock, registry);
    }
}
