package io.millrace.cli.backtest;

/**
 * One policy in one fold of the handbook's protocol.
 *
 * <p>Threading: immutable.
 *
 * @param trainStart first day of the training week, which also says which customers are left out
 * @param testStart first day of the test week
 * @param policy static: the standing model as it is, the pipeline's own or a network of four weeks before; adaptive: the
 *     same, tuned on the window; retrain: a new model of the window
 * @param learner that tuned or trained; "none" for the pipeline's own model
 * @param windowDays how many days were learned from, the last of them the last day of the training week, or for a
 *     standing network that of four weeks before
 * @param trainingRows how many rows were learned from
 * @param testRows how many were judged
 * @param testPositives how many of these are frauds
 */
record Fold(
        String trainStart,
        String testStart,
        String policy,
        String learner,
        String featureSet,
        int windowDays,
        int trainingRows,
        int testRows,
        int testPositives,
        double rocAuc,
        double averagePrecision,
        double cardPrecision100) {}
