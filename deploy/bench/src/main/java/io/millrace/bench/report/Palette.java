package io.millrace.bench.report;

import java.util.List;

/** Names of colours in the page's style. Threading: immutable. */
final class Palette {
    /** What is ours, and the first of several lines. */
    static final String OURS = "adaptive";
    /** What others do. */
    static final String PEER = "static";
    /** What cannot be passed. */
    static final String LIMIT = "postponed";

    private static final List<String> LINES = List.of(OURS, PEER, "retrain", "accepted", "refused", LIMIT);

    private Palette() {}

    /** Of the n-th line of a picture. */
    static String line(int n) {
        return LINES.get(n % LINES.size());
    }
}
