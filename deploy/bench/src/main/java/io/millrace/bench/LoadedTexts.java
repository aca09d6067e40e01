package io.millrace.bench;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.Precision;
import io.millrace.inference.onnx.TextBatch;
import io.millrace.inference.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The model as the stream loads it, without the stream: from texts to probabilities, tokens included.
 *
 * <p>Threading: confined to one thread, which puts the crew to work. Lifecycle: the model ends with {@link #close}; the
 * crew is the caller's.
 */
final class LoadedTexts implements AutoCloseable {
    private static final int ROWS = 64;

    private final Crew crew;
    private final LoadedModel model;
    private final List<TextBatch> batches = new ArrayList<>();

    LoadedTexts(Bundle bundle, Precision precision, Crew crew) throws ModelRefusedException {
        this.crew = crew;
        this.model = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, ROWS, precision)
                .load(new ModelRef(bundle.manifest().name(), 1), bundle);
        for (int i = 0; i < crew.threads(); i++) {
            batches.add(model.newTextBatch());
        }
    }

    /** Texts as the model reads them. */
    List<Tokens> tokens(List<String> texts) throws InterruptedException {
        Tokens[] tokens = new Tokens[texts.size()];
        crew.each(tokens.length, (thread, piece) -> tokens[piece] = model.encode(texts.get(piece)));
        return Arrays.asList(tokens);
    }

    /** Scores texts in batches of so many. */
    void run(List<String> texts, int size) throws InterruptedException {
        List<List<Tokens>> sorted = SortedBatches.of(tokens(texts), size).batches();
        crew.each(sorted.size(), (thread, piece) -> {
            TextBatch batch = batches.get(thread);
            batch.clear();
            sorted.get(piece).forEach(batch::add);
            model.score(batch);
        });
    }

    @Override
    public void close() {
        model.close();
    }
}
