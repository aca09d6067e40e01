package io.millrace.bench;

/**
 * How one run of fine-tuning went. Threading: immutable. Units: seconds, bytes.
 *
 * @param run from 1 on
 * @param seconds from the champion's bytes to the candidate's
 * @param residentBytes memory of the process after the run
 * @param peakBytes the most that it was so far
 * @param parity how far ONNX Runtime was from what was learned, as the lineage says it
 */
public record FineTuningLine(int run, double seconds, long residentBytes, long peakBytes, String parity) {}
