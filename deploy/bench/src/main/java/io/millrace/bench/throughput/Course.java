package io.millrace.bench.throughput;

/** The topics of a pipeline's rounds. */
interface Course {

    /** A round that is not counted: its number is 0 or less. */
    Round warmUp(int attempt);

    /**
     * A round that is counted, numbered from 1.
     *
     * @param brief whether it is for one who would take too long over all records
     */
    Round round(int number, boolean brief);
}
