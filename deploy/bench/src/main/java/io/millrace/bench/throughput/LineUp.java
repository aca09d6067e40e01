package io.millrace.bench.throughput;

import io.millrace.bench.RawTexts;
import io.millrace.bench.TextBenchmarks;
import io.millrace.bench.TunedVersions;
import io.millrace.bench.arena.ArenaInput;
import io.millrace.bench.arena.BrokerProcess;
import io.millrace.bench.arena.ChildJvm;
import io.millrace.bench.arena.ConstantTwin;
import io.millrace.bench.arena.FraudLoad;
import io.millrace.bench.arena.FraudRows;
import io.millrace.bench.arena.Judge;
import io.millrace.bench.arena.StatefulFraud;
import io.millrace.bench.arena.StatelessFraud;
import io.millrace.bench.arena.StreamContender;
import io.millrace.bench.arena.TextLoad;
import io.millrace.bench.flink.FlinkLauncher;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.Precision;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Prepares the contest of a pipeline: models in folders, topics filled, a process for each who takes part.
 *
 * <p>Threading: confined to one thread. Lifecycle: the contest is the caller's to close; the broker is the caller's.
 */
final class LineUp {
    /** The warm-up round, and those who would take too long, run over this part of the records. */
    private static final int BRIEF_PARTS = 4;

    /** Rounds have seeds of their own. */
    private static final long SEEDS_APART = 1_000;

    /** As many rows as close a batch of Millrace's. */
    private static final int FLINK_BATCH = 256;

    /** Its sink warns of a metric's name at each checkpoint, which costs time that is not the peer's own. */
    private static final String WITHOUT_METRIC_WARNINGS = "-Dorg.slf4j.simpleLogger.log.org.apache.flink.metrics=error";

    private static final int RAW_ROWS = 16_384;

    private final Kind kind;
    private final ThroughputBenchmark.Request request;
    private final BrokerProcess broker;
    private final Judge judge;
    private final Path folder;
    private final List<Entrant> entrants = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    LineUp(Kind kind, ThroughputBenchmark.Request request, BrokerProcess broker, Path folder) {
        this.kind = kind;
        this.request = request;
        this.broker = broker;
        this.judge = new Judge(broker.kafka(), request.partitions());
        this.folder = folder;
    }

    /** Who does not take part, and why; known once it is prepared. */
    List<String> leftOut() {
        return leftOut;
    }

    /** Prepares it; what was started already ends if that fails. */
    Contest prepare()
            throws LearningException, NotQuantizableException, ModelRefusedException, IOException,
                    InterruptedException {
        try {
            Files.createDirectories(folder);
            return switch (kind) {
                case STATELESS -> stateless();
                case STATEFUL -> stateful();
                case TEXT -> texts();
            };
        } catch (LearningException
                | NotQuantizableException
                | ModelRefusedException
                | IOException
                | InterruptedException
                | RuntimeException failure) {
            entrants.forEach(Entrant::close);
            throw failure;
        }
    }

    private Contest stateless() throws LearningException, InterruptedException {
        StatelessFraud load = StatelessFraud.prepare(request.seed());
        Course course = rowsCourse(
                (topic, records) -> load.fill(broker.kafka(), topic, request.partitions(), records, sent -> {}));
        Path model = models(load.bundle(), load.rows());
        stream(Entrant.NAIVE, NaiveContender.class, model);
        flink(Entrant.FLINK, FlinkLauncher.oneByOne(flinkOptions()), model);
        flink(Entrant.FLINK_BATCHED, FlinkLauncher.batched(FLINK_BATCH, flinkOptions()), model);
        stream(Entrant.OURS, StreamContender.class, model);
        return new Contest(entrants, course, request.warmUpRounds());
    }

    private Contest stateful() throws InterruptedException {
        FraudLoad load = FraudLoad.standard(request.seed());
        Course course = rowsCourse(
                (topic, records) -> load.fill(broker.kafka(), topic, request.partitions(), records, sent -> {}));
        Bundle bundle = StatefulFraud.bundle();
        FeatureSet features =
                Objects.requireNonNull(bundle.manifest().featureSet(), "the shipped model reads features");
        Path model = models(bundle, FraudRows.of(load, features, 0, RAW_ROWS).rows());
        stream(Entrant.OURS, StreamContender.class, model);
        return new Contest(entrants, course, request.warmUpRounds());
    }

    /** Writes model and twin, and lines up the two limits; where the model lies. */
    private Path models(Bundle bundle, List<FraudRows.Row> rows) {
        Path model = ArenaInput.write(folder.resolve("model"), bundle);
        Path twin = ArenaInput.write(folder.resolve("constant"), ConstantTwin.of(bundle));
        Path file = folder.resolve("rows.f32");
        RowsFile.write(file, rows.subList(0, Math.min(RAW_ROWS, rows.size())));
        stream(Entrant.CONSTANT, StreamContender.class, twin);
        if (request.takesPart(Entrant.RAW)) {
            entrants.add(new RawRowsEntrant(child(Entrant.RAW, RawMain.class), model, file, request.threads()));
        }
        return model;
    }

    private Contest texts() throws NotQuantizableException, ModelRefusedException, InterruptedException {
        Bundle read = TextBenchmarks.bundle(request.textModel(), request.small());
        Bundle bundle = request.int8() ? TunedVersions.withInt8(read) : onlyFp32(read);
        long records = request.records(kind);
        IntFunction<List<String>> textsOfRound = round -> TextBenchmarks.texts(
                request.textModel(),
                Math.toIntExact(round <= 0 ? brief(records) : records),
                request.seed() * SEEDS_APART + Math.max(0, round));
        for (int round = 0; round <= request.rounds(); round++) {
            new TextLoad(textsOfRound.apply(round)).fill(broker.kafka(), input(round), request.partitions());
        }
        Path model = ArenaInput.write(folder.resolve("model"), bundle);
        Path twin = ArenaInput.write(folder.resolve("constant"), ConstantTwin.of(bundle));
        stream(Entrant.CONSTANT, StreamContender.class, twin);
        Precision precision = request.int8() ? Precision.INT8 : Precision.FP32;
        if (request.takesPart(Entrant.RAW)) {
            entrants.add(new RawTextsEntrant(
                    new RawTexts(bundle, precision, request.threads(), System::nanoTime),
                    request.threads(),
                    textsOfRound));
        }
        stream(Entrant.NAIVE, NaiveContender.class, model);
        stream(Entrant.OURS, StreamContender.class, model);
        return new Contest(
                entrants,
                new Course() {
                    @Override
                    public Round warmUp(int attempt) {
                        return new Round(-attempt, input(0), brief(records));
                    }

                    @Override
                    public Round round(int number, boolean brief) {
                        return new Round(number, input(number), records);
                    }
                },
                request.warmUpRounds());
    }

    private static Bundle onlyFp32(Bundle bundle) {
        var quantized = bundle.manifest().quantized();
        if (quantized == null) {
            return bundle;
        }
        Map<String, byte[]> blobs = new HashMap<>(bundle.blobs());
        blobs.remove(quantized.blob());
        return Bundle.of(
                ManifestBuilder.like(bundle.manifest())
                        .quantized(null)
                        .blobs(Map.of())
                        .build(),
                blobs);
    }

    /** Fills a topic with so many records. */
    private interface Filling {
        void fill(String topic, long records) throws InterruptedException;
    }

    /** The same two topics in all rounds, since features are computed anew in each. */
    private Course rowsCourse(Filling filling) throws InterruptedException {
        long records = request.records(kind);
        String whole = kind.word() + "-in";
        String brief = kind.word() + "-in-brief";
        filling.fill(whole, records);
        filling.fill(brief, brief(records));
        return new Course() {
            @Override
            public Round warmUp(int attempt) {
                return round(-attempt, true);
            }

            @Override
            public Round round(int number, boolean isBrief) {
                return isBrief ? new Round(number, brief, brief(records)) : new Round(number, whole, records);
            }
        };
    }

    private String input(int round) {
        return kind.word() + "-in-" + round;
    }

    private static long brief(long records) {
        return Math.max(1, records / BRIEF_PARTS);
    }

    private void flink(String name, Optional<ChildJvm.Launch> launch, Path model) {
        if (!request.takesPart(name)) {
            return;
        }
        if (launch.isEmpty()) {
            leftOut.add(
                    kind.word() + "/" + name + " is left out: Flink's jars are not beside ours; run deploy/millrace,"
                            + " which puts them there");
            return;
        }
        entrants.add(streaming(name, ChildJvm.start(name, launch.get(), folder), model));
    }

    private List<String> flinkOptions() {
        List<String> options = new ArrayList<>(request.jvmOptions());
        options.add(WITHOUT_METRIC_WARNINGS);
        return options;
    }

    private void stream(String name, Class<?> main, Path model) {
        if (request.takesPart(name)) {
            entrants.add(streaming(name, child(name, main), model));
        }
    }

    private Entrant streaming(String name, ChildJvm child, Path model) {
        return new StreamingEntrant(kind.word(), name, child, model, judge, request.threads());
    }

    private ChildJvm child(String name, Class<?> main) {
        return ChildJvm.start(name, ChildJvm.Launch.of(main, request.jvmOptions()), folder);
    }
}
