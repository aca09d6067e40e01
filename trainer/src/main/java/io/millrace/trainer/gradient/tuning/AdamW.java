package io.millrace.trainer.gradient.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.millrace.trainer.config.TuningSettings;
import io.millrace.trainer.gradient.torch.Torch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adam with decoupled weight decay; matrices decay, vectors (biases, norms) do not. A pull towards the weights of the
 * start is part of the gradients. Before a step, all gradients are scaled down together if their common norm is too large.
 *
 * <p>Threading: confined to one thread. Lifecycle: its two moments per weight belong to the session.
 */
final class AdamW {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    /**
     * What the optimiser remembers of its steps.
     *
     * @param first mean of the gradients, by weight
     * @param second mean of their squares, by weight
     */
    record Memory(long steps, long clipped, Map<String, float[]> first, Map<String, float[]> second) {}

    private record Moments(
            String name,
            NDArray weight,
            NDArray first,
            NDArray second,
            @Nullable NDArray start) {}

    private final Torch.Session torch;
    private final List<Moments> moments = new ArrayList<>();
    private final double weightDecay;
    private final double largestNorm;
    private final double pull;
    private long steps;
    private long clipped;

    /** Moves weights away from where they are now. */
    AdamW(Torch.Session torch, Map<String, NDArray> weights, TuningSettings settings) {
        this.torch = torch;
        weightDecay = settings.weightDecay();
        largestNorm = settings.clip();
        pull = settings.pull();
        NDManager owner = torch.manager();
        weights.forEach((name, weight) -> moments.add(new Moments(
                name,
                weight,
                owner.zeros(weight.getShape(), weight.getDataType()),
                owner.zeros(weight.getShape(), weight.getDataType()),
                pull == 0 ? null : owner.create(weight.toFloatArray(), weight.getShape()))));
    }

    /** Copies of the moments and counts, to go on from at another time. */
    Memory memory() {
        Map<String, float[]> first = new LinkedHashMap<>();
        Map<String, float[]> second = new LinkedHashMap<>();
        for (Moments one : moments) {
            first.put(one.name(), one.first().toFloatArray());
            second.put(one.name(), one.second().toFloatArray());
        }
        return new Memory(steps, clipped, first, second);
    }

    /** Goes on from what {@link #memory} gave for the same weights. */
    void restore(Memory memory) {
        steps = memory.steps();
        clipped = memory.clipped();
        for (Moments one : moments) {
            one.first()
                    .set(FloatBuffer.wrap(Objects.requireNonNull(memory.first().get(one.name()))));
            one.second()
                    .set(FloatBuffer.wrap(Objects.requireNonNull(memory.second().get(one.name()))));
        }
    }

    /** Steps whose gradients had to be scaled down. */
    long clipped() {
        return clipped;
    }

    /**
     * Moves the weights against their gradients, and clears these.
     *
     * @param run owner of what is made on the way
     */
    void step(double rate, NDManager run) {
        steps++;
        List<@Nullable NDArray> gradients = new ArrayList<>();
        double squares = 0;
        for (Moments one : moments) {
            NDArray gradient = torch.gradient(one.weight());
            if (gradient != null) {
                gradient.attach(run);
                drawBack(one, gradient, run);
                squares += gradient.mul(gradient).sum().getFloat();
            }
            gradients.add(gradient);
        }
        double norm = Math.sqrt(squares);
        double scale = norm > largestNorm ? largestNorm / norm : 1;
        clipped += scale < 1 ? 1 : 0;
        for (int i = 0; i < gradients.size(); i++) {
            NDArray gradient = gradients.get(i);
            if (gradient != null) {
                move(moments.get(i), gradient.mul((float) scale), rate, run);
                torch.clearGradient(moments.get(i).weight());
            }
        }
    }

    /** The gradient of the penalty on the distance from the start (L2-SP). */
    private void drawBack(Moments one, NDArray gradient, NDManager run) {
        NDArray start = one.start();
        if (start != null) {
            start.tempAttach(run);
            gradient.addi(one.weight().sub(start).muli(pull));
        }
    }

    private void move(Moments one, NDArray gradient, double rate, NDManager run) {
        one.first().tempAttach(run);
        one.second().tempAttach(run);
        one.first().muli(BETA_1).addi(gradient.mul(1 - BETA_1));
        one.second().muli(BETA_2).addi(gradient.mul(gradient).muli(1 - BETA_2));
        double firstBias = 1 - Math.pow(BETA_1, (double) steps);
        double secondBias = 1 - Math.pow(BETA_2, (double) steps);
        NDArray root = one.second().sqrt().divi(Math.sqrt(secondBias)).addi(EPSILON);
        if (one.weight().getShape().dimension() > 1) {
            one.weight().muli(1 - rate * weightDecay);
        }
        one.weight().subi(one.first().div(root).muli(rate / firstBias));
    }
}
