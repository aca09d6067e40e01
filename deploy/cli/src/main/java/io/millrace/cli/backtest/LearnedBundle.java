package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import java.util.List;
import java.util.Map;

/** Bundles of learned files, like the bundle that they were learned from. Threading: stateless. */
final class LearnedBundle {
    private LearnedBundle() {}

    /** A bundle that can be loaded and asked, but knows no answers. */
    static Bundle withoutAnswers(Manifest like, Map<String, byte[]> blobs) {
        return of(like, blobs, like.threshold(), List.of(), Map.of());
    }

    /** A whole bundle without a parent. */
    static Bundle of(
            Manifest like,
            Map<String, byte[]> blobs,
            double threshold,
            List<GoldenSample> golden,
            Map<String, String> lineage) {
        Manifest manifest = new Manifest(
                like.name(),
                like.task(),
                like.input(),
                like.output(),
                like.classes(),
                like.featureSet(),
                threshold,
                like.goldenTolerance(),
                golden,
                Map.of(),
                like.trainable(),
                null,
                lineage,
                like.licence(),
                "made in a backtest");
        return Bundle.of(manifest, blobs);
    }
}
