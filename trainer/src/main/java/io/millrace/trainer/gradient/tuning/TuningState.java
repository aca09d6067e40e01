package io.millrace.trainer.gradient.tuning;

import io.millrace.trainer.config.StoppingMetric;
import io.millrace.trainer.gradient.execution.Weights;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a tuning is, with all that it takes to go on as if it had never stopped.
 *
 * <p>Threading: confined to one thread.
 */
final class TuningState {
    private final Judged before;
    private Judged best;
    private Map<String, float[]> bestWeights;
    private int bestEpoch;
    private int epochs;
    private int batches;
    private int examples;
    private long steps;
    private double lossSum;
    private double trainingLoss = Double.NaN;

    private Map<String, float[]> weights = Map.of();
    private AdamW.@Nullable Memory memory;

    /** The start of a tuning. */
    TuningState(Judged before, Map<String, float[]> weights) {
        this.before = before;
        best = before;
        bestWeights = weights;
    }

    int epochs() {
        return epochs;
    }

    int epochsWithoutGain() {
        return epochs - bestEpoch;
    }

    /** Batches that are done of the epoch that is under way. */
    int batches() {
        return batches;
    }

    /** Examples that are done of it. */
    int examples() {
        return examples;
    }

    long steps() {
        return steps;
    }

    Map<String, float[]> bestWeights() {
        return bestWeights;
    }

    /** One more batch is done. */
    void stepped(int size, double loss) {
        batches++;
        steps++;
        examples += size;
        lossSum += loss;
    }

    /** The epoch is done; without anybody's judgement its weights are the best. */
    void ended(Judged now, StoppingMetric metric, Weights tuned) {
        epochs++;
        trainingLoss = lossSum / examples;
        batches = 0;
        examples = 0;
        lossSum = 0;
        if (Double.isNaN(now.loss()) || now.isBetterThan(best, metric)) {
            best = now;
            bestEpoch = epochs;
            bestWeights = tuned.snapshot();
        }
    }

    TuningResult result(long clipped) {
        return new TuningResult(epochs, bestEpoch, steps, clipped, trainingLoss, before, best);
    }

    /** The weights that were written with the state. */
    Map<String, float[]> weights(Set<String> names) {
        if (!weights.keySet().equals(names)) {
            throw new IllegalStateException("the state is of the weights " + weights.keySet() + ", not " + names);
        }
        return weights;
    }

    AdamW.Memory memory() {
        return Objects.requireNonNull(memory, "the state was not read from anywhere");
    }

    void write(DataOutputStream out, Map<String, float[]> now, AdamW.Memory optimiser) throws IOException {
        out.writeDouble(before.loss());
        out.writeDouble(before.accuracy());
        out.writeDouble(best.loss());
        out.writeDouble(best.accuracy());
        out.writeInt(bestEpoch);
        out.writeInt(epochs);
        out.writeInt(batches);
        out.writeInt(examples);
        out.writeLong(steps);
        out.writeDouble(lossSum);
        out.writeDouble(trainingLoss);
        out.writeLong(optimiser.steps());
        out.writeLong(optimiser.clipped());
        write(out, bestWeights);
        write(out, now);
        write(out, optimiser.first());
        write(out, optimiser.second());
    }

    static TuningState read(DataInputStream in) throws IOException {
        TuningState state = new TuningState(new Judged(in.readDouble(), in.readDouble()), Map.of());
        state.best = new Judged(in.readDouble(), in.readDouble());
        state.bestEpoch = in.readInt();
        state.epochs = in.readInt();
        state.batches = in.readInt();
        state.examples = in.readInt();
        state.steps = in.readLong();
        state.lossSum = in.readDouble();
        state.trainingLoss = in.readDouble();
        long steps = in.readLong();
        long clipped = in.readLong();
        state.bestWeights = readTensors(in);
        state.weights = readTensors(in);
        state.memory = new AdamW.Memory(steps, clipped, readTensors(in), readTensors(in));
        return state;
    }

    private static void write(DataOutputStream out, Map<String, float[]> tensors) throws IOException {
        out.writeInt(tensors.size());
        for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
            out.writeUTF(tensor.getKey());
            out.writeInt(tensor.getValue().length);
            ByteBuffer bytes = ByteBuffer.allocate(tensor.getValue().length * Float.BYTES);
            bytes.asFloatBuffer().put(tensor.getValue());
            out.write(bytes.array());
        }
    }

    private static Map<String, float[]> readTensors(DataInputStream in) throws IOException {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            float[] elements = new float[in.readInt()];
            byte[] bytes = in.readNBytes(elements.length * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(elements);
            tensors.put(name, elements);
        }
        return tensors;
    }
}
