package io.millrace.inference.onnx;

/** Which of a model's forms is wanted, where its bundle holds two. A GPU always runs the one of 32 bits. */
public enum Precision {
    /** On a CPU the form with weights of 8 bits if there is one, else that of 32. */
    AUTO,
    FP32,
    /** The form with weights of 8 bits; on a CPU, a model without it is refused. */
    INT8
}
