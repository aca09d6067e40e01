package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
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
        Manifest manifest = ManifestBuilder.like(like)
                .threshold(threshold)
                .golden(like.goldenTolerance(), golden)
                .blobs(Map.of())
                .parent(null)
                .lineage(lineage)
                .description("made in a backtest")
                .build();
        return Bundle.of(manifest, blobs);
    }
}
