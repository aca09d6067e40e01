package io.millrace.inference.feature.state;

/** Is told of each entry that an edge moves over as time goes on. */
interface EdgeListener {
    EdgeListener NONE = (edge, number, entryMillis) -> {};

    void passed(int edge, long number, long entryMillis);
}
