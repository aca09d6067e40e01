package io.millrace.trainer.gate;

/** A metric of one model's scores as a function of how often each row counts. */
@FunctionalInterface
interface WeightedMetric {

    /** The metric if each row is there so many times; NaN where it is not defined. */
    double of(int[] weights);
}
