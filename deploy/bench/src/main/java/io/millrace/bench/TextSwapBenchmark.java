package io.millrace.bench;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.Precision;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.registry.BlobDelta;
import io.millrace.schemas.registry.VersionDraft;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Question: do texts wait longer while their model is swapped, and how many bytes does a tuned version send? Texts flow
 * at a steady rate; again and again a version with a tuned head is published as what differs from the first one.
 *
 * <p>A text's wait is from when it was sent to when it was scored. Those sent from shortly before a publication until
 * shortly after the version served count as those at swaps.
 *
 * <p>Threading: confined to one thread; one more sends. Units: milliseconds of the wall clock, which stream and sender
 * share. Lifecycle: all that a run starts ends with it.
 */
public final class TextSwapBenchmark {
    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final Duration AROUND = Duration.ofMillis(500);
    private static final int WARM_UP_TEXTS = 32;

    private final TunedVersions versions;
    private final HeavyTailedTexts texts;
    private final int swaps;
    private final double textsPerSecond;
    private final ExecutionDevice device;

    /** A time span in which a swap was under way. */
    private record Swap(long fromMillis, long toMillis) {}

    /** What came of a text. */
    private record Scored(int version, long waitMillis) {}

    /**
     * Makes a benchmark.
     *
     * @param textsPerSecond how fast texts flow: less than the model can score
     * @param device where the model runs
     */
    public TextSwapBenchmark(
            Bundle bundle, List<String> words, int swaps, double textsPerSecond, ExecutionDevice device)
            throws NotQuantizableException {
        if (swaps < 1 || !(textsPerSecond > 0 && textsPerSecond <= 1_000)) {
            throw new IllegalArgumentException("at least 1 swap, and from 0 to 1000 texts a second are needed, were "
                    + swaps + " and " + textsPerSecond);
        }
        this.versions = new TunedVersions(TunedVersions.withInt8(bundle));
        this.texts = new HeavyTailedTexts(words, 64);
        this.swaps = swaps;
        this.textsPerSecond = textsPerSecond;
        this.device = device;
    }

    /** Measures; the listener hears of each swap that is done. */
    public TextSwapReport run(Path folder, IntConsumer progress) throws InterruptedException, NotQuantizableException {
        Map<Integer, List<Scored>> scored = new HashMap<>();
        List<Swap> spans = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        try (TextStream stream = new TextStream(versions.base(), Precision.AUTO, device, 1, folder, score -> {
            order.add(score.getVersion());
            scored.computeIfAbsent(Integer.valueOf(score.getEventId()), id -> new ArrayList<>())
                    .add(new Scored(score.getVersion(), wait(score)));
        })) {
            stream.run(texts.some(WARM_UP_TEXTS, -1));
            Sender sender = new Sender(stream);
            sender.start();
            try {
                for (int swap = 1; swap <= swaps; swap++) {
                    VersionDraft version = versions.draft(versions.tuned(0, swap));
                    TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
                    long from = System.currentTimeMillis() - AROUND.toMillis();
                    stream.swap(version);
                    spans.add(new Swap(from, System.currentTimeMillis() + AROUND.toMillis()));
                    progress.accept(swap);
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
            } finally {
                sender.end();
            }
            stream.await();
            return report(sender.sentMillis, scored, spans, order);
        }
    }

    private TextSwapReport report(
            List<Long> sentMillis, Map<Integer, List<Scored>> scored, List<Swap> spans, List<Integer> order)
            throws NotQuantizableException {
        List<Long> steady = new ArrayList<>();
        List<Long> atSwaps = new ArrayList<>();
        int once = 0;
        for (int i = 0; i < sentMillis.size(); i++) {
            long sent = sentMillis.get(i);
            List<Scored> all = scored.getOrDefault(WARM_UP_TEXTS + i, List.of());
            once += all.size() == 1 ? 1 : 0;
            boolean near = spans.stream().anyMatch(span -> sent >= span.fromMillis() && sent <= span.toMillis());
            all.forEach(score -> (near ? atSwaps : steady).add(score.waitMillis()));
        }
        int activations = 0;
        for (int i = 1; i < order.size(); i++) {
            activations += order.get(i) > order.get(i - 1) ? 1 : 0;
        }
        return new TextSwapReport(sentMillis.size(), once, activations, Waits.of(steady), Waits.of(atSwaps), bytes());
    }

    private Map<String, Map<String, Long>> bytes() throws NotQuantizableException {
        VersionDraft head = versions.draft(versions.tuned(0, 1));
        VersionDraft blocks = versions.draft(versions.tuned(2, 1));
        Map<String, Map<String, Long>> bytes = new LinkedHashMap<>();
        for (String path : new TreeSet<>(head.deltas().keySet())) {
            Map<String, Long> ofForm = new LinkedHashMap<>();
            ofForm.put("head", size(head, path));
            ofForm.put("last-2", size(blocks, path));
            ofForm.put("full", (long) head.blobs().getOrDefault(path, new byte[0]).length);
            bytes.put(path, ofForm);
        }
        return bytes;
    }

    private static long size(VersionDraft draft, String path) {
        BlobDelta delta = draft.deltas().get(path);
        return delta == null ? draft.blobs().getOrDefault(path, new byte[0]).length : delta.bytes().length;
    }

    private static long wait(Score score) {
        return score.getScoredAt().toEpochMilli() - score.getEventTime().toEpochMilli();
    }

    /** Sends texts at the rate until it is told to end. */
    private final class Sender extends Thread {
        private final TextStream stream;
        private final List<Long> sentMillis = new ArrayList<>();
        private volatile boolean ending;

        Sender(TextStream stream) {
            super("millrace-bench-sender");
            this.stream = stream;
        }

        @Override
        public void run() {
            long startNanos = System.nanoTime();
            for (int i = 0; !ending; i++) {
                long dueNanos = startNanos + (long) (i * 1e9 / textsPerSecond);
                try {
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, dueNanos - System.nanoTime()));
                } catch (InterruptedException e) {
                    return;
                }
                sentMillis.add(System.currentTimeMillis());
                stream.send(texts.some(1, i).get(0));
            }
        }

        void end() throws InterruptedException {
            ending = true;
            join();
        }
    }
}
