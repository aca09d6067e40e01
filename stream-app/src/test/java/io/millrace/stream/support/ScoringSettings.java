package io.millrace.stream.support;

import io.millrace.schemas.codec.EventShape;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.runtime.PipelineMeters;
import io.millrace.stream.scoring.ScoringProcessor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Settings of a scorer of two classes, by itself. */
public final class ScoringSettings {
    private ScoringSettings() {}

    /** Of a pipeline whose events have these features, or else a text. */
    public static ScoringProcessor.Settings of(
            PipelineConfig pipeline,
            List<String> features,
            Instant now,
            LongSupplier nanoClock,
            PipelineMeters meters,
            Executor inference) {
        return new ScoringProcessor.Settings(
                pipeline,
                "test",
                features,
                2,
                new EventShape(List.of(), List.of(), features.isEmpty()),
                List.of(),
                pipeline.input().topic(),
                InstantSource.fixed(now),
                nanoClock,
                new DeadLetters(pipeline.name(), meters),
                meters,
                inference);
    }
}
