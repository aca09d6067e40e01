package io.millrace.inference.bundle;

import io.millrace.inference.feature.FeatureSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a manifest together by names instead of by its many positions. Begins with the usual values: input
 * {@code features}, output {@code probabilities}, threshold 0.5, golden tolerance 1e-5, all else empty; for texts,
 * input {@code input_ids} and at most 128 tokens.
 *
 * <p>Threading: confined to one thread.
 */
public final class ManifestBuilder {
    private static final int USUAL_TOKENS = 128;

    private final String name;
    private final Task task;
    private final List<String> classes;
    private String input = "features";
    private String output = "probabilities";
    private double threshold = 0.5;
    private double goldenTolerance = 1e-5;
    private List<GoldenSample> golden = List.of();
    private Map<String, String> blobs = Map.of();
    private Map<String, String> lineage = new LinkedHashMap<>();
    private @Nullable FeatureSet featureSet;
    private @Nullable TextSettings text;
    private @Nullable Quantized quantized;
    private @Nullable String trainable;
    private @Nullable Integer parent;
    private @Nullable String licence;
    private @Nullable String description;

    public ManifestBuilder(String name, Task task, List<String> classes) {
        this.name = name;
        this.task = task;
        this.classes = List.copyOf(classes);
        if (task == Task.TEXT_CLASSIFICATION) {
            input = "input_ids";
            text = new TextSettings(USUAL_TOKENS);
        }
    }

    /** Begins with all that another manifest says. */
    public static ManifestBuilder like(Manifest other) {
        ManifestBuilder builder = new ManifestBuilder(other.name(), other.task(), other.classes())
                .input(other.input())
                .output(other.output())
                .featureSet(other.featureSet())
                .text(other.text())
                .threshold(other.threshold())
                .golden(other.goldenTolerance(), other.golden())
                .blobs(other.blobs())
                .quantized(other.quantized())
                .trainable(other.trainable())
                .parent(other.parent())
                .licence(other.licence())
                .description(other.description());
        return builder.lineage(other.lineage());
    }

    public ManifestBuilder input(String value) {
        input = value;
        return this;
    }

    public ManifestBuilder output(String value) {
        output = value;
        return this;
    }

    public ManifestBuilder featureSet(@Nullable FeatureSet value) {
        featureSet = value;
        return this;
    }

    public ManifestBuilder text(@Nullable TextSettings value) {
        text = value;
        return this;
    }

    public ManifestBuilder threshold(double value) {
        threshold = value;
        return this;
    }

    public ManifestBuilder golden(double tolerance, List<GoldenSample> samples) {
        goldenTolerance = tolerance;
        golden = List.copyOf(samples);
        return this;
    }

    public ManifestBuilder blobs(Map<String, String> hashes) {
        blobs = Map.copyOf(hashes);
        return this;
    }

    public ManifestBuilder quantized(@Nullable Quantized value) {
        quantized = value;
        return this;
    }

    /** Says where the model came from, in place of what was said before. */
    public ManifestBuilder lineage(Map<String, String> lines) {
        lineage = new LinkedHashMap<>(lines);
        return this;
    }

    /** Adds one line of where the model came from, after those added before. */
    public ManifestBuilder lineage(String key, String value) {
        lineage.put(key, value);
        return this;
    }

    public ManifestBuilder trainable(@Nullable String value) {
        trainable = value;
        return this;
    }

    public ManifestBuilder parent(@Nullable Integer version) {
        parent = version;
        return this;
    }

    public ManifestBuilder licence(@Nullable String value) {
        licence = value;
        return this;
    }

    public ManifestBuilder description(@Nullable String value) {
        description = value;
        return this;
    }

    public Manifest build() {
        return new Manifest(
                name,
                task,
                input,
                output,
                classes,
                featureSet,
                text,
                threshold,
                goldenTolerance,
                golden,
                blobs,
                quantized,
                trainable,
                parent,
                lineage,
                licence,
                description);
    }
}
