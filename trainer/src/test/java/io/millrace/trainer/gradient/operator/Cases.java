package io.millrace.trainer.gradient.operator;

import static io.millrace.inference.onnx.proto.OnnxAttributes.integer;
import static io.millrace.inference.onnx.proto.OnnxAttributes.integers;
import static io.millrace.inference.onnx.proto.OnnxAttributes.number;
import static io.millrace.inference.onnx.proto.OnnxAttributes.text;

import io.millrace.inference.onnx.proto.OnnxTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Every operator in its variants, over shapes that a seed draws. */
final class Cases {
    private final Random random;
    private final List<Case> cases = new ArrayList<>();
    private final long n;
    private final long m;
    private final long k;

    Cases(long seed) {
        random = new Random(seed);
        n = 2L + random.nextInt(3);
        m = 2L + random.nextInt(4);
        k = 3L + random.nextInt(3);
    }

    List<Case> all() {
        arithmetic();
        activations();
        layers();
        reductions();
        shapes();
        pieces();
        logic();
        return cases;
    }

    private Case of(String operator) {
        Case made = new Case(operator, random);
        cases.add(made);
        return made;
    }

    private void arithmetic() {
        for (String operator : List.of("Add", "Sub", "Mul", "Min", "Max")) {
            of(operator).tuned(n, m, k).tuned(m, k);
            of(operator).tuned(n, 1, k).tuned(m, 1);
        }
        of("Max").tuned(n, m).tuned(n, m).tuned(m);
        of("Div").tuned(n, m).positive(m);
        of("Add").integers(1, 2, 3).integers(4, 5, 6);
        of("Mul").integers(1, 2, 3).integers(new long[0], 4);
        of("Sub").integers(new long[] {3, 1}, 1, 2, 3).integers(4, 5);
        of("Div").integers(7, -7, 9).integers(2, 2, 4);
        of("Div").integers(new long[] {2, 1}, 7, -7).integers(2, 3);
        of("Pow").tuned(n, m).number(2);
        of("Pow").positive(n, m).number(0.5);
        of("Pow").positive(n, m).positive(n, m);
        for (String operator : List.of("Neg", "Abs", "Exp", "Erf", "Sin", "Cos", "Tanh", "Sigmoid", "Identity")) {
            of(operator).tuned(n, m);
        }
        for (String operator : List.of("Sqrt", "Reciprocal", "Log")) {
            of(operator).positive(n, m);
        }
        of("Floor").vector(1.5f, -1.5f);
        of("Ceil").vector(1.5f, -1.5f);
        of("IsNaN").vector(1, Float.NaN, 2);
        of("Dropout").tuned(n, m);
    }

    private void activations() {
        for (String operator : List.of("Relu", "LeakyRelu", "Elu", "Selu", "HardSigmoid", "Softplus", "Softsign")) {
            of(operator).tuned(n, m);
        }
        of("LeakyRelu").tuned(n, m).with(number("alpha", 0.3f));
        of("Elu").tuned(n, m).with(number("alpha", 0.7f));
        of("Selu").tuned(n, m).with(number("alpha", 1.1f)).with(number("gamma", 0.9f));
        of("HardSigmoid").tuned(n, m).with(number("alpha", 0.3f)).with(number("beta", 0.4f));
        of("PRelu").tuned(n, m).tuned(m);
        of("Gelu").tuned(n, m).operatorSet(20);
        of("Gelu").tuned(n, m).with(text("approximate", "tanh")).operatorSet(20);
        of("Clip").tuned(n, m).number(-1.05).number(1.05);
        of("Clip").tuned(n, m).missing().number(0);
        of("Clip").tuned(n, m);
        of("Clip").tuned(n, m).with(number("min", 0)).with(number("max", 1.05f)).operatorSet(6);
        for (String operator : List.of("Softmax", "LogSoftmax")) {
            of(operator).tuned(n, m, k);
            of(operator).tuned(n, m, k).with(integer("axis", 1));
            of(operator).tuned(n, k).with(integer("axis", 1)).operatorSet(11);
        }
    }

    private void layers() {
        of("MatMul").tuned(n, k).tuned(k, m);
        of("MatMul").tuned(n, m, k).tuned(k, m);
        of("MatMul").tuned(2, n, m, k).tuned(2, n, k, m);
        of("MatMul").tuned(k).tuned(k, m);
        of("MatMul").tuned(n, k).tuned(k);
        of("MatMul").tuned(k).tuned(k);
        of("Gemm").tuned(n, k).tuned(k, m).tuned(m);
        of("Gemm").tuned(n, k).tuned(m, k).with(integer("transB", 1));
        of("Gemm")
                .tuned(k, n)
                .tuned(k, m)
                .tuned(n, 1)
                .with(integer("transA", 1))
                .with(number("alpha", 0.5f))
                .with(number("beta", 2));
        of("LayerNormalization").tuned(n, m, k).tuned(k).tuned(k);
        of("LayerNormalization").tuned(n, m, k).tuned(k).with(number("epsilon", 0.1f));
        of("LayerNormalization").tuned(n, m, k).tuned(m, k).tuned(m, k).with(integer("axis", 1));
        of("BatchNormalization").tuned(n, m).tuned(m).tuned(m).tuned(m).positive(m);
        of("BatchNormalization").tuned(n, m, k).tuned(m).tuned(m).tuned(m).positive(m);
    }

    private void reductions() {
        for (String operator : List.of("ReduceMean", "ReduceMax", "ReduceMin")) {
            of(operator).tuned(n, m, k).with(integers("axes", List.of(-1L)));
            of(operator).tuned(n, m, k).with(integers("axes", List.of(0L, 2L))).with(integer("keepdims", 0));
            of(operator).tuned(n, m);
        }
        of("ReduceMean").tuned(n, m, k).integers(1).operatorSet(18);
        of("ReduceSum").tuned(n, m, k).integers(-1, 0);
        of("ReduceSum").tuned(n, m, k).integers(1).with(integer("keepdims", 0));
        of("ReduceSum").tuned(n, m, k).with(integers("axes", List.of(1L))).operatorSet(11);
        of("CumSum").tuned(n, m).integers(new long[0], 1);
    }

    private void shapes() {
        of("Shape").tuned(n, m, k);
        of("Shape").tuned(n, m, k).with(integer("start", 1)).with(integer("end", -1));
        of("Size").tuned(n, m);
        of("Reshape").tuned(n, m, k).integers(0, -1);
        of("Reshape").tuned(n, m, k).integers(k, n * m);
        of("Reshape").integers(new long[] {2, 2}, 1, 2, 3, 4).integers(-1);
        of("Flatten").tuned(n, m, k);
        of("Flatten").tuned(n, m, k).with(integer("axis", 2));
        of("Transpose").tuned(n, m, k);
        of("Transpose").tuned(2, n, m, k).with(integers("perm", List.of(0L, 2L, 1L, 3L)));
        of("Expand").tuned(n, 1, k).integers(m, 1);
        of("Expand").tuned(k).integers(n, m, 1);
        of("ConstantOfShape").integers(n, m);
        of("Range").integers(new long[0], 1).integers(new long[0], 8).integers(new long[0], 3);
        of("Unsqueeze").tuned(n, m).integers(0, -1);
        of("Unsqueeze").tuned(n, m).with(integers("axes", List.of(1L))).operatorSet(11);
        of("Unsqueeze").integers(new long[0], 5).integers(0);
        of("Squeeze").tuned(n, 1, m, 1);
        of("Squeeze").tuned(n, 1, m, 1).integers(-1);
        of("Squeeze").tuned(n, 1, m).with(integers("axes", List.of(1L))).operatorSet(11);
    }

    private void pieces() {
        of("Concat").tuned(n, m).tuned(n, k).with(integer("axis", 1));
        of("Concat").tuned(n, m).tuned(1, m).tuned(n, m).with(integer("axis", -2));
        of("Concat").integers(1, 2).integers(3).with(integer("axis", 0));
        of("Slice").tuned(n, m, k).integers(1).integers(Long.MAX_VALUE).integers(2);
        of("Slice")
                .tuned(n, m, k)
                .integers(0, -2)
                .integers(1, -1)
                .integers(0, 1)
                .integers(1, 1);
        of("Slice").tuned(n, m).integers(1).integers(2);
        of("Slice")
                .integers(new long[] {1, 4}, 1, 2, 3, 4)
                .integers(0)
                .integers(3)
                .integers(1);
        of("Slice")
                .tuned(n, m)
                .with(integers("starts", List.of(0L)))
                .with(integers("ends", List.of(-1L)))
                .with(integers("axes", List.of(1L)))
                .operatorSet(9);
        of("Split").tuned(n, 6).with(integer("axis", 1)).lastOf(3);
        of("Split").tuned(n, 5).integers(2, 3).with(integer("axis", 1)).lastOf(2);
        of("Gather").tuned(k, m).integers(new long[] {2, 2}, 0, 2, 1, 2);
        of("Gather").tuned(n, k, m).integers(new long[] {2, 2}, 0, 2, 1, -1).with(integer("axis", 1));
        of("Gather").tuned(n, m, k).integers(0, 2).with(integer("axis", 2));
        of("Gather").tuned(n, m, k).integers(new long[0], -1).with(integer("axis", 1));
        of("Gather").integers(5, 6, 7).integers(new long[0], 1);
    }

    private void logic() {
        for (String operator : List.of("Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual")) {
            of(operator).vector(1, 2, 3).vector(3, 2, 1);
            of(operator).integers(1, 2, 3).integers(new long[0], 2);
            of(operator).integers(new long[] {2, 1}, 1, 2).integers(2, 1);
        }
        for (String operator : List.of("And", "Or")) {
            of(operator).truths(new long[] {n, m}).truths(new long[] {n, m});
            of(operator).truths(new long[] {n, 1}).truths(new long[] {m});
        }
        of("Not").truths(new long[] {n, m});
        of("Where").truths(new long[] {n, 1}).tuned(n, m).tuned(m);
        of("Where").truths(new long[] {3}).integers(1, 2, 3).integers(4, 5, 6);
        of("Cast").tuned(n, m).with(integer("to", OnnxTypes.FLOAT));
        of("Cast").vector(1.5f, -1.5f, 0).with(integer("to", OnnxTypes.INT64));
        of("Cast").integers(0, 3).with(integer("to", 9));
        of("Cast").truths(new long[] {n}).with(integer("to", 6));
    }
}
