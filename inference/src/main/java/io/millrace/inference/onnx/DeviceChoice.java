package io.millrace.inference.onnx;

/**
 * Where models run in this process, and why.
 *
 * @param reason one sentence for the log and the status topic
 */
public record DeviceChoice(Kind kind, String reason) {
    /** What ONNX Runtime executes on. */
    public enum Kind {
        CPU,
        CUDA
    }
}
