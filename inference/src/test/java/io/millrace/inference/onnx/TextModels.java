package io.millrace.inference.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A model of texts in small: each word has a weight, 1 for "good", -1 for "bad", 0 for all others, and the log-odds of
 * POSITIVE are twice their sum. Padding counts nothing, as the mask says.
 */
final class TextModels {
    static final ModelRef REF = new ModelRef("mood", 1);
    static final int MAX_TOKENS = 16;

    /** Of the ids [UNK], [CLS], [SEP], good, bad, film: what each adds to the two classes. */
    private static final float[] WEIGHTS = {0, 0, 0, 0, 0, 0, -1, 1, 1, -1, 0, 0};

    private static final int VOCABULARY = WEIGHTS.length / 2;

    private TextModels() {}

    static ManifestBuilder manifest() {
        return new ManifestBuilder("mood", Task.TEXT_CLASSIFICATION, List.of("NEGATIVE", "POSITIVE"))
                .text(new TextSettings(MAX_TOKENS));
    }

    static Bundle bundle() {
        return bundle(manifest().build(), graph().toModel());
    }

    static Bundle bundle(Manifest manifest, ModelProto model) {
        return Bundle.of(manifest, Map.of(Bundle.MODEL_BLOB, model.toByteArray(), Bundle.TOKENIZER_BLOB, tokenizer()));
    }

    static GraphBuilder graph() {
        return graph(1);
    }

    /** @param strength the weights are multiplied with it */
    static GraphBuilder graph(float strength) {
        float[] weights = WEIGHTS.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= strength;
        }
        return new GraphBuilder("words")
                .input("input_ids", OnnxTypes.INT64, -1, -1)
                .input("attention_mask", OnnxTypes.INT64, -1, -1)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("words", weights, VOCABULARY, 2)
                .initializer(axes("last", -1))
                .initializer(axes("second", 1))
                .node("Gather", List.of("words", "input_ids"), List.of("each"))
                .node("Cast", List.of("attention_mask"), List.of("mask"), OnnxAttributes.integer("to", OnnxTypes.FLOAT))
                .node("Unsqueeze", List.of("mask", "last"), List.of("column"))
                .node("Mul", List.of("each", "column"), List.of("counted"))
                .node(
                        "ReduceSum",
                        List.of("counted", "second"),
                        List.of("logits"),
                        OnnxAttributes.integer("keepdims", 0))
                .node("Softmax", List.of("logits"), List.of("probabilities"), OnnxAttributes.integer("axis", 1));
    }

    static GoldenSample sample(String text, int goodLessBad) {
        double positive = positive(goodLessBad);
        return GoldenSample.ofText(text, List.of(1 - positive, positive));
    }

    static double positive(int goodLessBad) {
        return 1 / (1 + Math.exp(-2.0 * goodLessBad));
    }

    static byte[] tokenizer() {
        return """
                {"version": "1.0",
                 "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                                "strip_accents": null, "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                              {"Sequence": {"id": "A", "type_id": 0}},
                              {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                   "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [1], "tokens": ["[CLS]"]},
                                      "[SEP]": {"id": "[SEP]", "ids": [2], "tokens": ["[SEP]"]}}},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]",
                           "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "good": 3, "bad": 4, "film": 5}}}
                """.getBytes(StandardCharsets.UTF_8);
    }

    private static TensorProto axes(String name, long axis) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxTypes.INT64)
                .addDims(1)
                .addInt64Data(axis)
                .build();
    }
}
