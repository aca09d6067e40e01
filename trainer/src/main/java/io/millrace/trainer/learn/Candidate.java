package io.millrace.trainer.learn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a learner made: the files of the next version, and how it went. All else of the manifest comes from the
 * champion.
 *
 * <p>Threading: immutable; the arrays are not copied.
 *
 * @param blobs every file of the version by its path, those of the champion that did not change among them
 * @param notes settings, steps and parity in the order in which a reader asks, for the lineage; free of clock times
 */
public record Candidate(Map<String, byte[]> blobs, Map<String, String> notes) {
    public Candidate {
        blobs = Collections.unmodifiableMap(new LinkedHashMap<>(blobs));
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }
}
