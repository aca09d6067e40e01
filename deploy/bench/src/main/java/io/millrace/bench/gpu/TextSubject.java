package io.millrace.bench.gpu;

import io.millrace.bench.SortedBatches;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.TextBatch;
import io.millrace.inference.text.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    public Contest contest(DeviceChoice device, int size) throws ModelRefusedException {
        LoadedModel model = load(device, 1, Math.min(size, ROWS));
        RawSession raw = new RawSession(
                bundle.model(),
                device,
                bundle.manifest().output(),
                bundle.manifest().classes().size());
        Stream<String> enough = Stream.iterate(0, i -> i + 1)
                .limit(Math.max(texts.size(), size))
                .map(i -> texts.get(i % texts.size()));
        List<List<Tokens>> batches = SortedBatches.of(enough.map(model::encode).toList(), size).batches().stream()
                .filter(batch -> batch.size() == size)
                .toList();
        batches.forEach(batch -> add(raw, batch));
        return new Texts(model, raw, batches, model.newTextBatch());
    }

    private static void add(RawSession raw, List<Tokens> batch) {
        int length = batch.stream().mapToInt(Tokens::length).max().orElse(0);
        long[] ids = new long[batch.size() * length];
        long[] mask = new long[ids.length];
        long[] types = new long[ids.length];
        for (int row = 0; row < batch.size(); row++) {
            Tokens text = batch.get(row);
            for (int i = 0; i < text.length(); i++) {
                ids[row * length + i] = text.ids()[i];
                mask[row * length + i] = 1;
                types[row * length + i] = text.types()[i];
            }
        }
        Map<String, long[]> inputs =
                new HashMap<>(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types));
        inputs.keySet().retainAll(raw.inputs());
        raw.addIntegers(inputs, batch.size(), length);
    }

    /** Batches of texts, round and round. */
    private static final class Texts implements Contest {
        private final LoadedModel model;
        private final RawSession raw;
        private final List<List<Tokens>> batches;
        private final TextBatch batch;
        private int next;

        Texts(LoadedModel model, RawSession raw, List<List<Tokens>> batches, TextBatch batch) {
            this.model = model;
            this.raw = raw;
            this.batches = batches;
            this.batch = batch;
        }

        @Override
        public int ours() {
            batch.clear();
            batches.get(next).forEach(batch::add);
            next = (next + 1) % batches.size();
            model.score(batch);
            return batch.rows();
        }

        @Override
        public int raw() {
            return raw.runNext();
        }

        @Override
        public void close() {
            raw.close();
            model.close();
        }
    }
}
