package io.millrace.inference.onnx;

/** Why a model was not taken into use. */
public enum RefusalKind {
    /** The manifest cannot be read, or says something impossible. */
    BAD_MANIFEST,
    MISSING_BLOB,
    /** A blob is there that the manifest does not name. */
    UNDECLARED_BLOB,
    HASH_MISMATCH,
    /** A file was published as a difference that cannot be put together with its base. */
    BROKEN_DELTA,
    /** Not an ONNX graph: other bytes, truncated bytes, a graph that contradicts itself. */
    NOT_ONNX,
    /** Weights lie in a file outside the model. */
    EXTERNAL_DATA,
    UNSUPPORTED_OPERATOR,
    /** Inputs or outputs are not those that the manifest and its feature set promise. */
    WRONG_SIGNATURE,
    FEATURE_SET_MISMATCH,
    /** The tokenizer of a model of texts cannot be read. */
    BAD_TOKENIZER,
    /** The graph failed while it ran. */
    RUN_FAILED,
    /** NaN or infinite outputs. */
    NOT_FINITE,
    /** Finite outputs that are no probabilities: outside [0, 1], or not adding up to one. */
    NOT_PROBABILITIES,
    GOLDEN_MISMATCH
}
