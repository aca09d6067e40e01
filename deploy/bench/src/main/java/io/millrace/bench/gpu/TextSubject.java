package io.millrace.bench.gpu;

import io.millrace.bench.SortedBatches;
import io.millrace.bench.TokenArrays;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.TextBatch;
import io.millrace.inference.text.Tokens;
import java.util.List;
import java.util.stream.Stream;

/** A model of texts. Batches are of texts of like length, as the stream makes them, and begin as tokens. */
record TextSubject(String name, Bundle bundle, List<String> texts) implements Subject {

    private static final int ROWS = 64;
    /** Texts whose answers are compared: an encoder is slow on a CPU. */
    private static final int COMPARED = 128;

    @Override
    public double[] answers(LoadedModel model) {
        double[] answers = new double[Math.min(COMPARED, texts.size())];
        for (int from = 0; from < answers.length; from += ROWS) {
            TextBatch batch = model.newTextBatch();
            texts.subList(from, Math.min(from + ROWS, answers.length)).forEach(text -> batch.add(model.encode(text)));
            model.score(batch);
            for (int row = 0; row < batch.rows(); row++) {
                answers[from + row] = batch.probability(row, batch.classes() - 1);
            }
        }
        return answers;
    }

    @Override
    public Contest<Tokens> contest(DeviceChoice device, int size) throws ModelRefusedException {
        LoadedModel model = load(device, 1, Math.min(size, ROWS));
        RawSession raw = rawBeside(model, device);
        Stream<String> enough = Stream.iterate(0, i -> i + 1)
                .limit(Math.max(texts.size(), size))
                .map(i -> texts.get(i % texts.size()));
        List<List<Tokens>> batches = SortedBatches.of(enough.map(model::encode).toList(), size).batches().stream()
                .filter(batch -> batch.size() == size)
                .toList();
        batches.forEach(batch -> raw.addTokens(TokenArrays.of(batch, raw.inputs())));
        TextBatch ours = model.newTextBatch();
        return new Contest<>(model, raw, batches, batch -> {
            ours.clear();
            batch.forEach(ours::add);
            model.score(ours);
            return ours.rows();
        });
    }
}
