package io.millrace.inference.onnx.proto;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;

/** Reads models. Threading: stateless. */
public final class OnnxModels {
    private OnnxModels() {}

    /**
     * The model in these bytes, whose weights stay where they are, in the array: nobody may write to it any more.
     *
     * @throws IOException if the bytes are not a model, or only a part of one
     */
    public static ModelProto parse(byte[] bytes) throws IOException {
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        ModelProto model = ModelProto.parseFrom(input);
        input.checkLastTagWas(0);
        return model;
    }
}
