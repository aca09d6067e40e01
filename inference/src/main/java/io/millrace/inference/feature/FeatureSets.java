package io.millrace.inference.feature;

import io.millrace.inference.config.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The feature sets that come with the program, by name.
 *
 * <p>Threading: stateless, thread-safe.
 */
public final class FeatureSets {
    /** The 15 inputs of the Reproducible Machine Learning for Credit Card Fraud Detection handbook. */
    public static final String HANDBOOK = "handbook-15";

    /** Nine inputs, some from the customer's own history and from runs of labels, that judge better than the fifteen. */
    public static final String FRAUD = "fraud-9";

    private FeatureSets() {}

    /** Reads the set from the resource {@code feature-sets/NAME.yaml}. */
    public static FeatureSet named(String name) {
        String resource = "feature-sets/" + name + ".yaml";
        try (InputStream in = FeatureSets.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no feature set '" + name + "' comes with the program; use '"
                        + HANDBOOK + "' or '" + FRAUD + "', or write your own into the model's manifest");
            }
            return StrictYaml.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), FeatureSet.class, resource);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + resource, e);
        }
    }
}
