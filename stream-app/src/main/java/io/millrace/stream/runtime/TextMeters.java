package io.millrace.stream.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What a pipeline of texts counts of them. A crash makes the process count some again, the topics never.
 *
 * <p>Threading: safe for all threads.
 */
public final class TextMeters {
    /** Name of the summary of the tokens of each run of the model, padding among them. */
    public static final String RUN_TOKENS = "millrace.run.tokens";

    private final Counter repeated;
    private final Counter truncated;
    private final Counter tokens;
    private final DistributionSummary runTokens;

    TextMeters(MeterRegistry registry, String pipeline) {
        this.repeated = counter(
                registry,
                pipeline,
                "millrace.texts.repeated",
                "Texts that the model was not run for, since it had answered the same one before.");
        this.truncated =
                counter(registry, pipeline, "millrace.texts.truncated", "Scored texts whose end was left out.");
        this.tokens = counter(registry, pipeline, "millrace.tokens", "Tokens that the model ran over.");
        this.runTokens = DistributionSummary.builder(RUN_TOKENS)
                .description("Tokens per run of the model, padding among them.")
                .tag("pipeline", pipeline)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String pipeline, String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("pipeline", pipeline)
                .register(registry);
    }

    /** So many texts needed no run of the model. */
    public void repeated(int texts) {
        repeated.increment(texts);
    }

    /** Of a scored text only the beginning was read. */
    public void truncated() {
        truncated.increment();
    }

    /** The model ran over a group of texts. */
    public void run(int ownTokens, int withPadding) {
        tokens.increment(ownTokens);
        runTokens.record(withPadding);
    }

    /** Texts so far that needed no run of the model. */
    public long repeatedCount() {
        return (long) repeated.count();
    }

    /** Truncated texts so far. */
    public long truncatedCount() {
        return (long) truncated.count();
    }

    /** Tokens so far, without padding. */
    public long tokenCount() {
        return (long) tokens.count();
    }

    /** Tokens so far, with padding. */
    public long paddedTokenCount() {
        return (long) runTokens.totalAmount();
    }
}
