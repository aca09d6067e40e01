package io.millrace.trainer.round;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Quantized;
import io.millrace.trainer.data.GoldenSamples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bundle of a candidate: its files, and what it takes over from the champion's manifest.
 *
 * <p>Threading: immutable; the arrays are not copied.
 */
record CandidateBundle(Manifest champion, int championVersion, Map<String, byte[]> blobs) {

    /** A bundle that can be loaded and asked, but knows no answers yet; without an int8 form, which would be the champion's. */
    Bundle withoutAnswers() {
        return bundle(champion.threshold(), Map.of(), List.of(), null);
    }

    /**
     * The whole bundle.
     *
     * @param int8 the candidate's int8 form; null for none
     */
    Bundle complete(double threshold, Map<String, String> lineage, List<GoldenSample> golden, byte @Nullable [] int8) {
        return bundle(threshold, lineage, golden, int8);
    }

    private Bundle bundle(
            double threshold, Map<String, String> lineage, List<GoldenSample> golden, byte @Nullable [] int8) {
        Quantized form = champion.quantized();
        Map<String, byte[]> files = new LinkedHashMap<>(blobs);
        if (form != null) {
            files.remove(form.blob());
        }
        if (form != null && int8 != null) {
            files.put(form.blob(), int8);
        }
        Manifest manifest = ManifestBuilder.like(champion)
                .threshold(threshold)
                .golden(champion.text() == null ? GoldenSamples.TOLERANCE : champion.goldenTolerance(), golden)
                .blobs(Map.of())
                .quantized(int8 == null ? null : form)
                .parent(championVersion)
                .lineage(lineage)
                .build();
        return Bundle.of(manifest, files);
    }
}
