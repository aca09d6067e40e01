package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.avro.Transaction;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.InputFormat;
import io.millrace.stream.support.TestModels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvroInputTest {
    private static final byte[] GOOD = SingleObject.of(Transaction.class, SchemaStore.ofOwn())
            .encode(new Transaction("1", Instant.parse("2018-08-07T10:00:00Z"), "c", "t", 2.5));

    private final PipelineHarness pipeline = new PipelineHarness(
            InputConfig.of(
                    PipelineHarness.INPUT,
                    InputFormat.AVRO,
                    "transaction_id",
                    "event_time",
                    null,
                    null,
                    null,
                    null,
                    null),
            TestModels.AMOUNT_ONLY,
            TestModels.load(1, TestModels.AMOUNT_ONLY, 1, 0),
            false);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void scoresRecordsOfAKnownSchemaAndDeadLettersTheRest() {
        byte[] unknownSchema = GOOD.clone();
        unknownSchema[5] ^= 1;
        pipeline.send("k", GOOD);
        pipeline.send("k", Arrays.copyOf(GOOD, GOOD.length - 3));
        pipeline.send("k", unknownSchema);
        pipeline.send("k", "{\"transaction_id\":\"1\"}".getBytes(StandardCharsets.UTF_8));
        pipeline.driver.advanceWallClockTime(java.time.Duration.ofSeconds(1));

        assertThat(pipeline.scores()).extracting(Score::getEventId).containsExactly("1");
        assertThat(pipeline.deadReasons()).containsExactly("NOT_AVRO", "UNKNOWN_SCHEMA", "NOT_AVRO");
    }
}
