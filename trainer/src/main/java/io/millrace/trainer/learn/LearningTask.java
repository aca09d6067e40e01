package io.millrace.trainer.learn;

import io.millrace.trainer.example.ExampleSet;

/**
 * What to learn from. The gate's hold-out is in none of the sets.
 *
 * <p>Threading: immutable.
 *
 * @param training what is learned
 * @param validation later than the training, for early stopping; may be empty
 * @param replay older than the training, mixed in against forgetting; may be empty
 * @param seed same seed, same bytes
 */
public record LearningTask(ExampleSet training, ExampleSet validation, ExampleSet replay, long seed) {}
