package io.millrace.inference.bundle;

import io.millrace.inference.config.ConfigException;
import io.millrace.inference.config.StrictYaml;
import io.millrace.inference.feature.FeatureSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model version says of itself. It lies beside the model as {@code manifest.yaml} and travels in the model log
 * as the same text.
 *
 * <p>Threading: immutable.
 *
 * @param name the model's, in lower case; versions of one name follow each other
 * @param input name of the graph's only input, float32 of shape [rows, features]; of a model of texts, name of the
 *     input with the tokens, int64 of shape [texts, tokens]
 * @param output name of the graph's output with the probabilities, float32 of shape [rows, classes]
 * @param classes names in the order of the output's columns; of two classes the last one is positive; classes of texts
 *     go from the most negative to the most positive
 * @param featureSet what the input's columns are, in order; null for a model of texts
 * @param text how a model of texts reads them; null for a model of numbers
 * @param threshold positive from this probability on
 * @param goldenTolerance how far a golden sample's probabilities may be off, absolute
 * @param golden inputs with their known answers; may be empty
 * @param blobs path to SHA-256 of each file of the bundle; has {@value Bundle#MODEL_BLOB}
 * @param quantized the same model with weights of 8 bits; null if there is none
 * @param trainable which part of the model fine-tuning may change, in the learner's words; null if none
 * @param parent version that this one was trained from; null if from none
 * @param lineage where it came from, in order: seed, settings, code version, hash of the data, metrics
 * @param licence of the weights, as an SPDX name where there is one
 * @param description one line for people
 */
public record Manifest(
        String name,
        Task task,
        String input,
        String output,
        List<String> classes,
        @Nullable FeatureSet featureSet,
        @Nullable TextSettings text,
        double threshold,
        double goldenTolerance,
        List<GoldenSample> golden,
        Map<String, String> blobs,
        @Nullable Quantized quantized,
        @Nullable String trainable,
        @Nullable Integer parent,
        Map<String, String> lineage,
        @Nullable String licence,
        @Nullable String description) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern BLOB_PATH =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public Manifest {
        require(
                NAME.matcher(name).matches(),
                "name '" + name + "' must be lower-case letters, digits, '.', '_' and '-', at most 100");
        require(!input.isBlank(), "input must name the graph's input, was blank");
        require(!output.isBlank(), "output must name the graph's output, was blank");
        classes = List.copyOf(classes);
        requireClasses(task, classes);
        require(
                (featureSet != null) == (task == Task.BINARY_CLASSIFICATION),
                "feature-set " + (featureSet == null ? "must be given for this task" : "must be left out for this task")
                        + ", which is " + task);
        require(
                (text != null) == (task == Task.TEXT_CLASSIFICATION),
                "text " + (text == null ? "must be given for this task" : "must be left out for this task")
                        + ", which is " + task);
        require(threshold >= 0 && threshold <= 1, "threshold must lie in [0, 1], was " + threshold);
        require(
                goldenTolerance > 0 && goldenTolerance < 1,
                "golden-tolerance must be above 0 and below 1, was " + goldenTolerance);
        golden = List.copyOf(golden);
        requireGolden(featureSet, classes, golden);
        blobs = Collections.unmodifiableMap(new TreeMap<>(blobs));
        blobs.forEach(Manifest::requireBlob);
        lineage = Collections.unmodifiableMap(new LinkedHashMap<>(lineage));
        require(parent == null || parent >= 1, "parent must be a version, from 1 on, was " + parent);
    }

    /**
     * Reads a manifest.
     *
     * @throws ConfigException if the text is not exactly a manifest, or names no model
     */
    public static Manifest parse(String yaml) {
        Manifest manifest = StrictYaml.read(yaml, Manifest.class, "manifest");
        if (!manifest.blobs.containsKey(Bundle.MODEL_BLOB)) {
            throw new ConfigException("manifest: blobs: '" + Bundle.MODEL_BLOB + "' is missing; it must be given");
        }
        if (manifest.quantized != null && !manifest.blobs.containsKey(manifest.quantized.blob())) {
            throw new ConfigException("manifest: quantized: blob: '" + manifest.quantized.blob()
                    + "' is none of the blobs, " + manifest.blobs.keySet());
        }
        return manifest;
    }

    /** This manifest as text: the same for the same manifest. */
    public String yaml() {
        return StrictYaml.write(this);
    }

    /** The last class: the one a binary model's score is the probability of. */
    public String positiveClass() {
        return classes.get(classes.size() - 1);
    }

    /** SHA-256 of {@value Bundle#MODEL_BLOB}. */
    public String modelHash() {
        String hash = blobs.get(Bundle.MODEL_BLOB);
        if (hash == null) {
            throw new IllegalStateException("manifest of model '" + name + "' names no " + Bundle.MODEL_BLOB
                    + ": build it together with its blobs by Bundle.of");
        }
        return hash;
    }

    /** This manifest with other blobs. */
    public Manifest withBlobs(Map<String, String> blobs) {
        return ManifestBuilder.like(this).blobs(blobs).build();
    }

    private static void requireClasses(Task task, List<String> classes) {
        require(classes.size() >= 2, "classes must be at least two names, were " + classes);
        require(new HashSet<>(classes).size() == classes.size(), "classes must differ, were " + classes);
        require(classes.stream().noneMatch(String::isBlank), "classes must not be blank, were " + classes);
        require(
                task != Task.BINARY_CLASSIFICATION || classes.size() == 2,
                "classes of a binary-classification must be two, the last one positive, were " + classes);
    }

    private static void requireGolden(
            @Nullable FeatureSet featureSet, List<String> classes, List<GoldenSample> golden) {
        for (int i = 0; i < golden.size(); i++) {
            GoldenSample sample = golden.get(i);
            require(
                    sample.probabilities().size() == classes.size(),
                    "golden[" + i + "] must have one probability for each of " + classes + ", has "
                            + sample.probabilities().size());
            if (featureSet == null) {
                require(sample.text() != null, "golden[" + i + "] must have a text, as the task asks");
            } else {
                int width = sample.features() == null ? 0 : sample.features().size();
                require(
                        width == featureSet.size(),
                        "golden[" + i + "] must have the " + featureSet.size() + " features of feature set '"
                                + featureSet.name() + "', has " + width);
            }
        }
    }

    private static void requireBlob(String path, String sha256) {
        require(
                BLOB_PATH.matcher(path).matches(),
                "blobs: '" + path + "' must be a relative path of letters, digits, '.', '_' and '-'");
        require(
                SHA256.matcher(sha256).matches(),
                "blobs: " + path + ": '" + sha256 + "' is not a SHA-256 of 64 lower-case hexadecimal digits");
    }

    private static void require(boolean fulfilled, String message) {
        if (!fulfilled) {
            throw new IllegalArgumentException(message);
        }
    }
}
