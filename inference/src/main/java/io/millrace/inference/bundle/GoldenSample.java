package io.millrace.inference.bundle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input and what the model answered where it was made. Whoever loads the model asks again and refuses it when the
 * answer differs.
 *
 * @param features in the order of the manifest's feature set, NaN where missing; null for a text model
 * @param text null for a model of numbers
 * @param probabilities one per class, in the order of the manifest's classes
 */
public record GoldenSample(
        @Nullable List<Double> features, @Nullable String text, List<Double> probabilities) {
    public GoldenSample {
        if ((features == null) == (text == null)) {
            throw new IllegalArgumentException("a golden sample has either features or a text, not both and not none");
        }
        if (features != null) {
            features = Collections.unmodifiableList(new ArrayList<>(features));
        }
        probabilities = List.copyOf(probabilities);
        for (double probability : probabilities) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "a golden sample's probabilities must lie in [0, 1], but one is " + probability);
            }
        }
    }

    public static GoldenSample ofFeatures(List<Double> features, List<Double> probabilities) {
        return new GoldenSample(features, null, probabilities);
    }

    public static GoldenSample ofText(String text, List<Double> probabilities) {
        return new GoldenSample(null, text, probabilities);
    }
}
