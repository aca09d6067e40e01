package io.millrace.bench.report;

/** How the results of one benchmark are drawn. Threading: stateless. */
interface Section {

    /** Pictures, which stand beside each other; empty if the result has nothing to draw. */
    String plots(Saved saved);

    /** The tables behind the pictures. */
    default String tables(Saved saved) {
        return Trees.html(saved.result());
    }
}
