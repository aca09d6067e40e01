package io.millrace.bench;

import io.millrace.inference.onnx.GraphSession;
import io.millrace.inference.onnx.HostTensor;
import io.millrace.inference.text.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime by itself: the bound that the stream is held against. Its texts are tokens already, in tensors of its own
 * making; each thread has a session and computes on one thread.
 *
 * <p>Threading: confined to one thread, which puts the crew to work. Lifecycle: the sessions end with {@link #close}; the
 * crew is the caller's.
 */
final class RawRuntime implements AutoCloseable {
    private final Crew crew;
    private final String output;
    private final List<GraphSession> sessions = new ArrayList<>();

    RawRuntime(byte[] model, String output, Crew crew) {
        this.crew = crew;
        this.output = output;
        for (int i = 0; i < crew.threads(); i++) {
            sessions.add(open(model));
        }
    }

    private GraphSession open(byte[] model) {
        try {
            return GraphSession.open(model);
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    /** Runs all batches. */
    void run(List<Map<String, HostTensor>> batches) throws InterruptedException {
        crew.each(batches.size(), (thread, piece) -> sessions.get(thread).run(batches.get(piece), output));
    }

    /** Batches as the graph takes them. */
    List<Map<String, HostTensor>> tensors(SortedBatches batches) {
        return batches.batches().stream().map(this::tensors).toList();
    }

    private Map<String, HostTensor> tensors(List<Tokens> batch) {
        TokenArrays arrays = TokenArrays.of(batch, sessions.get(0).inputs());
        Map<String, HostTensor> inputs = new HashMap<>();
        arrays.inputs()
                .forEach((name, values) -> inputs.put(name, HostTensor.of(values, arrays.rows(), arrays.length())));
        return inputs;
    }

    @Override
    public void close() {
        sessions.forEach(GraphSession::close);
    }
}
