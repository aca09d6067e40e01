package io.millrace.inference.onnx.proto;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** The format's codes of the element types that our graphs use. */
public final class OnnxTypes {
    public static final int FLOAT = DataType.FLOAT.getNumber();
    public static final int INT8 = DataType.INT8.getNumber();
    public static final int INT64 = DataType.INT64.getNumber();

    private OnnxTypes() {}
}
