package io.millrace.stream.runtime;

/** Where a pipeline stands. */
public enum PipelineState {
    /** No version of its model was published, or none fits. */
    WAITING_FOR_MODEL,
    /** It restores its state or waits for its partitions. */
    STARTING,
    RUNNING,
    STOPPED,
    /** It gave up after repeated failures; the log says why. */
    FAILED
}
