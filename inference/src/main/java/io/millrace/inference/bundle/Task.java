package io.millrace.inference.bundle;

/** What a model's probabilities are about, and so what it is fed with. */
public enum Task {
    /** Two classes, the last one positive; fed with the numbers of a feature set. */
    BINARY_CLASSIFICATION,
    /** Two or more classes; fed with a text. */
    TEXT_CLASSIFICATION
}
