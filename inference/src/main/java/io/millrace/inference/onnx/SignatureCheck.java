package io.millrace.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.millrace.inference.bundle.Manifest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares a session's inputs and outputs with what the manifest promises. */
final class SignatureCheck {
    private static final Set<String> TEXT_INPUTS =
            new TreeSet<>(List.of(TextBatch.IDS, TextBatch.MASK, TextBatch.TYPES));

    private final ModelRef ref;
    private final Manifest manifest;

    SignatureCheck(ModelRef ref, Manifest manifest) {
        this.ref = ref;
        this.manifest = manifest;
    }

    /**
     * Checks a model of rows.
     *
     * @param width features per row
     */
    void checkRows(OrtSession session, GraphInspection inspection, int width) throws ModelRefusedException {
        try {
            checkInput(session.getInputInfo(), width);
            checkOutput(session.getOutputInfo());
            if (inspection.highestTreeFeature() >= width) {
                throw refusal("its trees split on feature " + inspection.highestTreeFeature()
                        + " (from 0), but a row has only " + width + " features");
            }
        } catch (OrtException e) {
            throw unreadable(e);
        }
    }

    /** Checks a model of texts, and tells which inputs it has of those that texts can fill. */
    Set<String> checkTexts(OrtSession session) throws ModelRefusedException {
        try {
            Map<String, NodeInfo> inputs = session.getInputInfo();
            if (!inputs.containsKey(manifest.input()) || !TEXT_INPUTS.containsAll(inputs.keySet())) {
                throw refusal("a model of texts must have the input '" + manifest.input() + "' and no others than "
                        + TEXT_INPUTS + ", but has " + inputs.keySet());
            }
            for (Map.Entry<String, NodeInfo> input : inputs.entrySet()) {
                checkTextInput(input.getKey(), input.getValue());
            }
            checkOutput(session.getOutputInfo());
            return inputs.keySet();
        } catch (OrtException e) {
            throw unreadable(e);
        }
    }

    private void checkTextInput(String name, NodeInfo node) throws ModelRefusedException {
        long[] shape = matrix("input", name, node, OnnxJavaType.INT64, "int64");
        if (shape[1] != -1) {
            throw refusal("input '" + name + "' must take texts of any length, but takes exactly " + shape[1]
                    + " tokens; export it with a dynamic second axis");
        }
    }

    private void checkInput(Map<String, NodeInfo> inputs, int width) throws ModelRefusedException {
        NodeInfo input = inputs.get(manifest.input());
        if (input == null || inputs.size() != 1) {
            throw refusal("it must have one input, '" + manifest.input() + "', but has " + inputs.keySet());
        }
        long[] shape = matrix("input", manifest.input(), input, OnnxJavaType.FLOAT, "float32");
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
        long[] shape = matrix("output", manifest.output(), output, OnnxJavaType.FLOAT, "float32");
        int classes = manifest.classes().size();
        if (shape[1] != classes && shape[1] != -1) {
            throw refusal("output '" + manifest.output() + "' gives " + shape[1] + " columns, but there are " + classes
                    + " classes, " + manifest.classes());
        }
    }

    private long[] matrix(String role, String name, NodeInfo node, OnnxJavaType type, String typeName)
            throws ModelRefusedException {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            throw refusal(role + " '" + name + "' must be a tensor, but is " + node.getInfo()
                    + " (export classifiers without ZipMap)");
        }
        long[] shape = tensor.getShape();
        if (tensor.type != type) {
            throw refusal(role + " '" + name + "' must be " + typeName + ", but is " + tensor.type);
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

    private ModelRefusedException unreadable(OrtException e) {
        return new ModelRefusedException(
                RefusalKind.WRONG_SIGNATURE, ref, "its inputs and outputs cannot be read: " + e.getMessage(), e);
    }

    private ModelRefusedException refusal(String reason) {
        return new ModelRefusedException(RefusalKind.WRONG_SIGNATURE, ref, reason);
    }
}
