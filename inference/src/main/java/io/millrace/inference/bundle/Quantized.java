package io.millrace.inference.bundle;

/**
 * A second form of the same model with weights of 8 bits, which is faster on a CPU and a little less exact: its
 * activations are rounded by the range of all texts that run together, so that what it says of a text depends a little
 * on those beside it.
 *
 * <p>Threading: immutable.
 *
 * @param blob its path among the manifest's blobs
 * @param goldenTolerance how far its answers to the golden samples may be off, absolute
 */
public record Quantized(String blob, double goldenTolerance) {
    public Quantized {
        if (blob.isBlank() || blob.equals(Bundle.MODEL_BLOB)) {
            throw new IllegalArgumentException(
                    "blob must name another file than " + Bundle.MODEL_BLOB + ", was '" + blob + "'");
        }
        if (!(goldenTolerance > 0 && goldenTolerance < 1)) {
            throw new IllegalArgumentException("golden-tolerance must be above 0 and below 1, was " + goldenTolerance);
        }
    }
}
