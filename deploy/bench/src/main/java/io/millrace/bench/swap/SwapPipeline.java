package io.millrace.bench.swap;

/** Whose versions are swapped. */
public enum SwapPipeline {
    /** The stateful fraud pipeline with the shipped trees. */
    TABULAR,
    /** A classifier of texts on an encoder. */
    TRANSFORMER
}
