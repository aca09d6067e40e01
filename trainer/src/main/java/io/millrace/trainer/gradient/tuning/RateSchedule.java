package io.millrace.trainer.gradient.tuning;

/**
 * The learning rate of each step: it rises to its peak in a straight line, then falls to zero in another.
 *
 * <p>Threading: immutable.
 *
 * @param peak the highest rate
 * @param warmUp share of the steps in which it rises
 * @param steps how many steps there are at most
 */
record RateSchedule(double peak, double warmUp, long steps) {

    /** The rate of a step, from 0 on. */
    double at(long step) {
        double rising = warmUp * steps;
        double up = rising == 0 ? 1 : (step + 1) / rising;
        double down = (steps - step) / Math.max(1, steps - rising);
        return peak * Math.min(1, Math.min(up, down));
    }
}
