package io.millrace.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.millrace.inference.bundle.Manifest;
import java.util.Arrays;
import java.util.Map;

/** Compares a session's inputs and outputs with what the manifest promises. */
final class SignatureCheck {
    private final ModelRef ref;
    private final Manifest manifest;
    private final int width;

    SignatureCheck(ModelRef ref, Manifest manifest, int width) {
        this.ref = ref;
        this.manifest = manifest;
        this.width = width;
    }

    void check(OrtSession session, GraphInspection inspection) throws ModelRefusedException {
        try {
            checkInput(session.getInputInfo());
            checkOutput(session.getOutputInfo());
            if (inspection.highestTreeFeature() >= width) {
                throw refusal("its trees split on feature " + inspection.highestTreeFeature()
                        + " (from 0), but a row has only " + width + " features");
            }
        } catch (OrtException e) {
            throw new ModelRefusedException(
                    RefusalKind.WRONG_SIGNATURE, ref, "its inputs and outputs cannot be read: " + e.getMessage(), e);
        }
    }

    private void checkInput(Map<String, NodeInfo> inputs) throws ModelRefusedException {
        NodeInfo input = inputs.get(manifest.input());
        if (input == null || inputs.size() != 1) {
            throw refusal("it must have one input, '" + manifest.input() + "', but has " + inputs.keySet());
        }
        long[] shape = floatMatrix("input", manifest.input(), input);
        if (shape[1] != width && shape[1] != -1) {
            throw refusal("input '" + manifest.input() + "' takes " + shape[1]
                    + " features, but the manifest's feature set has " + width);
        }
    }

    private void checkOutput(Map<String, NodeInfo> outputs) throws ModelRefusedException {
        NodeInfo output = outputs.get(manifest.output());
        if (output == null) {
            throw refusal("it has no output '" + manifest.output() + "', but " + outputs.keySet());
        }
        long[] shape = floatMatrix("output", manifest.output(), output);
        int classes = manifest.classes().size();
        if (shape[1] != classes && shape[1] != -1) {
            throw refusal("output '" + manifest.output() + "' gives " + shape[1] + " columns, but there are " + classes
                    + " classes, " + manifest.classes());
        }
    }

    private long[] floatMatrix(String role, String name, NodeInfo node) throws ModelRefusedException {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            throw refusal(role + " '" + name + "' must be a tensor, but is " + node.getInfo()
                    + " (export classifiers without ZipMap)");
        }
        long[] shape = tensor.getShape();
        if (tensor.type != OnnxJavaType.FLOAT) {
            throw refusal(role + " '" + name + "' must be float32, but is " + tensor.type);
        }
        if (shape.length != 2) {
            throw refusal(role + " '" + name + "' must have shape [rows, n], but has " + Arrays.toString(shape));
        }
        if (shape[0] != -1) {
            throw refusal(role + " '" + name + "' must take any number of rows, but takes exactly " + shape[0]
                    + "; export it with a dynamic first axis");
        }
        return shape;
    }

    private ModelRefusedException refusal(String reason) {
        return new ModelRefusedException(RefusalKind.WRONG_SIGNATURE, ref, reason);
    }
}
