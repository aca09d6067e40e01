package io.millrace.bench.flink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The topology in Flink's own terms: Kafka source, the model, Kafka sink with two-phase commit, all in one chain, on a
 * cluster in this process.
 *
 * <p>Threading: confined to one thread. Lifecycle: runs from {@link #start} until {@link #close}; what was not committed
 * by then is rolled back.
 */
final class FlinkJob implements AutoCloseable {
    /** Below the broker's limit of 15 minutes; Flink's own default lies above it. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 60_000;

    private static final long STOP_SECONDS = 60;

    private final JobClient client;
    private volatile boolean stopping;

    private FlinkJob(JobClient client) {
        this.client = client;
    }

    /**
     * Starts anew, from the beginning of the input.
     *
     * @param onFailure told when the job ends by itself
     */
    static FlinkJob start(FlinkRun run, Consumer<Throwable> onFailure) throws Exception {
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.createLocalEnvironment(run.threads(), configuration(run));
        String name = "millrace-flink-" + UUID.randomUUID();
        DataStream<InputRow> input = flink.fromSource(source(run, name), WatermarkStrategy.noWatermarks(), "events");
        scored(run, input).sinkTo(sink(run, name)).name("scores");
        FlinkJob job = new FlinkJob(flink.executeAsync(name));
        var unused = job.client.getJobExecutionResult().whenComplete((result, failure) -> {
            if (!job.stopping) {
                onFailure.accept(failure == null ? new IllegalStateException("the job ended by itself") : failure);
            }
        });
        return job;
    }

    private static SingleOutputStreamOperator<ScoredRow> scored(FlinkRun run, DataStream<InputRow> input) {
        TypeInformation<ScoredRow> type = TypeInformation.of(ScoredRow.class);
        return run.batchRows() == 1
                ? input.flatMap(new ScoreEach(run)).returns(type).name("model")
                : input.transform("model", type, new ScoreInBatches(run));
    }

    private static Configuration configuration(FlinkRun run) {
        Configuration all = new Configuration();
        all.set(PipelineOptions.OBJECT_REUSE, true);
        all.set(PipelineOptions.OPERATOR_CHAINING, true);
        all.set(PipelineOptions.GENERIC_TYPES, false);
        all.set(ExecutionOptions.BUFFER_TIMEOUT_ENABLED, false);
        all.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        all.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");
        all.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        all.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, java.time.Duration.ofMillis(run.checkpointMillis()));
        all.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        all.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return all;
    }

    private static KafkaSource<InputRow> source(FlinkRun run, String name) {
        return KafkaSource.<InputRow>builder()
                .setBootstrapServers(run.bootstrap())
                .setTopics(run.input())
                .setGroupId(name)
                .setClientIdPrefix(name)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new InputRows())
                .setProperties(consumer())
                .build();
    }

    private static Properties consumer() {
        Properties all = new Properties();
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        // A restart takes the offsets from Flink's checkpoint, not from the broker.
        all.put("commit.offsets.on.checkpoint", "false");
        all.put("partition.discovery.interval.ms", "-1");
        return all;
    }

    private static KafkaSink<ScoredRow> sink(FlinkRun run, String name) {
        return KafkaSink.<ScoredRow>builder()
                .setBootstrapServers(run.bootstrap())
                .setKafkaProducerConfig(producer(run))
                .setRecordSerializer(new ScoredRows(run.output()))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(name)
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .build();
    }

    /** As the stream's, which lets batches fill for a quarter of the time between two commits. */
    private static Properties producer(FlinkRun run) {
        Properties all = new Properties();
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT_MILLIS));
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(128 * 1024));
        all.put(ProducerConfig.LINGER_MS_CONFIG, String.valueOf(Math.max(5, run.checkpointMillis() / 4)));
        return all;
    }

    /** What it runs with, for people to judge whether the peer is treated well. */
    static Map<String, Object> settings(FlinkRun run) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("parallelism", run.threads());
        settings.put("rowsPerRun", run.batchRows());
        settings.put("checkpointMillis", run.checkpointMillis());
        settings.put("guarantee", "exactly-once sink, transactions by POOLING");
        settings.put("stateBackend", "hashmap, checkpoints in memory, aligned");
        settings.put("pipeline", "one chain, object reuse, no generic types");
        settings.put("consumer", consumer().toString());
        settings.put("producer", producer(run).toString());
        return settings;
    }

    @Override
    public void close() throws InterruptedException, ExecutionException, TimeoutException {
        stopping = true;
        client.cancel().get(STOP_SECONDS, TimeUnit.SECONDS);
        client.getJobExecutionResult().handle((result, cancelled) -> result).get(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
