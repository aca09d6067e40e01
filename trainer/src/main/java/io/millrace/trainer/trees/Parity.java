package io.millrace.trainer.trees;

/**
 * What an exported model makes of rows, having been compared with its trees and found equal.
 *
 * <p>Threading: immutable as long as nobody writes into the array.
 *
 * @param scores the exported model's probabilities of the positive class, row by row
 * @param worst the largest difference from the trees' own
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Parity(double[] scores, double worst) {}
