package io.millrace.bench.throughput;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millrace.bench.Crew;
import io.millrace.inference.bundle.Manifest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * ONNX Runtime by itself on rows of features that are there already, as floats in direct buffers: each thread has a
 * session of its own, which computes on one thread and writes into memory that is there already too.
 *
 * <p>Threading: confined to one thread, which puts the crew to work. Units: nanoseconds of the caller's monotonic clock.
 * Lifecycle: sessions and tensors end with {@link #close}; the crew is the caller's.
 */
final class RawRows implements AutoCloseable {
    private final Manifest manifest;
    private final FloatBuffer rows;
    private final int width;
    private final Crew crew;
    private final LongSupplier nanoClock;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final List<OrtSession> sessions = new ArrayList<>();

    RawRows(byte[] model, Manifest manifest, int width, FloatBuffer rows, Crew crew, LongSupplier nanoClock)
            throws OrtException {
        this.manifest = manifest;
        this.width = width;
        this.rows = rows;
        this.crew = crew;
        this.nanoClock = nanoClock;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            for (int i = 0; i < crew.threads(); i++) {
                sessions.add(environment.createSession(model, options));
            }
        } catch (OrtException refused) {
            close();
            throw refused;
        }
    }

    /** Rows that there are. */
    int rows() {
        return rows.capacity() / width;
    }

    /** Rows a second, in batches of one size, over a time. */
    double rate(int batch, long nanos) throws InterruptedException {
        LongAdder scored = new LongAdder();
        long startNanos = nanoClock.getAsLong();
        crew.each(crew.threads(), (thread, piece) -> scored.add(run(sessions.get(piece), batch, startNanos + nanos)));
        return scored.sum() * 1e9 / Math.max(1, nanoClock.getAsLong() - startNanos);
    }

    private long run(OrtSession session, int batch, long untilNanos) {
        int classes = manifest.classes().size();
        FloatBuffer answers = ByteBuffer.allocateDirect(batch * classes * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        List<OnnxTensor> inputs = new ArrayList<>();
        long scored = 0;
        try (OnnxTensor outputs = OnnxTensor.createTensor(environment, answers, new long[] {batch, classes})) {
            for (int at = 0; at + batch <= rows(); at += batch) {
                inputs.add(OnnxTensor.createTensor(
                        environment, rows.slice(at * width, batch * width), new long[] {batch, width}));
            }
            for (int next = 0; nanoClock.getAsLong() - untilNanos < 0; next++) {
                try (OrtSession.Result result = session.run(
                        Map.of(manifest.input(), inputs.get(next % inputs.size())),
                        Set.of(),
                        Map.of(manifest.output(), outputs))) {
                    scored += batch * (long) result.size();
                }
            }
        } catch (OrtException failure) {
            throw new IllegalStateException("the graph failed: " + failure.getMessage(), failure);
        } finally {
            inputs.forEach(OnnxTensor::close);
        }
        return scored;
    }

    @Override
    public void close() {
        for (OrtSession session : sessions) {
            try {
                session.close();
            } catch (OrtException failure) {
                throw new IllegalStateException("a session could not be closed: " + failure.getMessage(), failure);
            }
        }
    }
}
