package io.millrace.inference.onnx.proto;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.List;

/** A node's attributes by type. */
public final class OnnxAttributes {
    private OnnxAttributes() {}

    public static AttributeProto integer(String name, long value) {
        return of(name, AttributeType.INT).setI(value).build();
    }

    public static AttributeProto number(String name, float value) {
        return of(name, AttributeType.FLOAT).setF(value).build();
    }

    public static AttributeProto text(String name, String value) {
        return of(name, AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static AttributeProto integers(String name, List<Long> values) {
        return of(name, AttributeType.INTS).addAllInts(values).build();
    }

    public static AttributeProto numbers(String name, List<Float> values) {
        return of(name, AttributeType.FLOATS).addAllFloats(values).build();
    }

    public static AttributeProto texts(String name, List<String> values) {
        AttributeProto.Builder attribute = of(name, AttributeType.STRINGS);
        values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return attribute.build();
    }

    public static AttributeProto tensor(String name, TensorProto value) {
        return of(name, AttributeType.TENSOR).setT(value).build();
    }

    private static AttributeProto.Builder of(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
