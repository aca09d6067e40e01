package io.millrace.bench.micro;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.scoring.ScoreJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The score of a transaction into its bytes, in both formats.
 *
 * <p>Threading: confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScoreEncoding {
    private final SingleObject<Score> avro = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final ScoreJson json = new ScoreJson(null);
    private final Score score = new Score(
            "t1234567",
            Instant.parse("2026-11-24T12:00:00Z"),
            "fraud",
            17,
            "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592",
            0.0123,
            List.of(0.9877, 0.0123),
            "LEGITIMATE",
            0.3905,
            List.of(),
            null,
            1,
            123_456_789L,
            1,
            123_456_789L,
            Instant.parse("2026-11-24T12:00:00.123Z"),
            null,
            null,
            false,
            List.of(),
            null);

    /** Avro in single-object encoding. */
    @Benchmark
    public byte[] avro() {
        return avro.encode(score);
    }

    /** A JSON line, which says less. */
    @Benchmark
    public byte[] json() {
        return json.line(score).getBytes(StandardCharsets.UTF_8);
    }
}
