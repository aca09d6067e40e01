package io.millrace.inference.onnx;

/** Where the user wants models to run; {@link Devices} says where they do. */
public enum ExecutionDevice {
    /** The GPU if one can be used, else the CPU. */
    AUTO,
    CPU,
    /** An NVIDIA GPU, or no start. */
    CUDA
}
