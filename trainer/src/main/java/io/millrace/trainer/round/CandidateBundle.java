package io.millrace.trainer.round;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.trainer.data.GoldenSamples;
import io.millrace.trainer.data.TrainingRows;
import java.util.List;
import java.util.Map;

/**
 * The bundle of a candidate: its files, and what it takes over from the champion's manifest.
 *
 * <p>Threading: immutable; the arrays are not copied.
 */
record CandidateBundle(Manifest champion, int championVersion, Map<String, byte[]> blobs) {

    /** A bundle that can be loaded and asked, but knows no answers yet. */
    Bundle withoutAnswers() {
        return bundle(champion.threshold(), Map.of(), List.of());
    }

    /**
     * The whole bundle.
     *
     * @param rows where the golden samples are taken from
     * @param scores the candidate's scores of these rows
     */
    Bundle complete(double threshold, Map<String, String> lineage, TrainingRows rows, double[] scores) {
        return bundle(threshold, lineage, GoldenSamples.spread(rows, scores));
    }

    private Bundle bundle(double threshold, Map<String, String> lineage, List<GoldenSample> golden) {
        Manifest manifest = ManifestBuilder.like(champion)
                .threshold(threshold)
                .golden(GoldenSamples.TOLERANCE, golden)
                .blobs(Map.of())
                .parent(championVersion)
                .lineage(lineage)
                .build();
        return Bundle.of(manifest, blobs);
    }
}
