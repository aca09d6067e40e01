package io.millrace.bench.throughput;

/** The topics of a pipeline's rounds. */
interface Course {

    /** The round that is not counted. */
    Round warmUp();

    /**
     * A round that is counted, numbered from 1.
     *
     * @param brief whether it is for one who would take too long over all records
     */
    Round round(int number, boolean brief);
}
