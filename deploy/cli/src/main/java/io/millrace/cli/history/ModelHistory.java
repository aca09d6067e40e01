package io.millrace.cli.history;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.UnreadableRecordException;
import io.millrace.schemas.avro.Metrics;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How good the versions of a model were in its pipelines, and the training runs that it went through.
 *
 * @param metrics the last of each pipeline, version and window, in that order, the one over all time last
 * @param runs in the order in which they began, each as it stands now
 */
public record ModelHistory(List<Metrics> metrics, List<TrainingRun> runs) {
    /** Metrics are written every few seconds and the last ones count: no need to read a year of them. */
    private static final long NEWEST_METRICS = 100_000;

    private static final Comparator<Metrics> ORDER = Comparator.comparing(Metrics::getPipeline)
            .thenComparing(Metrics::getVersion)
            .thenComparing(Metrics::getWindowEnd);

    /** Reads the history of a model; topics that do not exist say nothing. */
    public static ModelHistory read(Map<String, Object> kafka, String model) {
        SingleObject<Metrics> metricsCodec = SingleObject.of(Metrics.class, SchemaStore.ofOwn());
        SingleObject<TrainingRun> runCodec = SingleObject.of(TrainingRun.class, SchemaStore.ofOwn());
        Map<String, Metrics> metrics = new LinkedHashMap<>();
        Map<String, TrainingRun> runs = new TreeMap<>();
        String suffix = TopicCatalogue.metrics("");
        try (CommittedLog log = new CommittedLog(kafka)) {
            List<String> metricTopics = log.topics().stream()
                    .filter(topic -> topic.endsWith(suffix))
                    .toList();
            log.readNewest(metricTopics, NEWEST_METRICS, record -> {
                Metrics each = decode(metricsCodec, record);
                if (each != null && each.getModel().equals(model)) {
                    metrics.put(each.getPipeline() + "/" + each.getVersion() + "/" + each.getWindowEnd(), each);
                }
            });
            if (log.topics().contains(TopicCatalogue.TRAINING_RUNS)) {
                log.readAll(List.of(TopicCatalogue.TRAINING_RUNS), record -> {
                    TrainingRun each = decode(runCodec, record);
                    if (each != null && each.getModel().equals(model)) {
                        runs.put(each.getRun(), each);
                    }
                });
            }
        }
        return new ModelHistory(
                metrics.values().stream().sorted(ORDER).toList(),
                runs.values().stream()
                        .sorted(Comparator.comparing(TrainingRun::getStartedAt))
                        .toList());
    }

    /** A topic of that name may be somebody else's. */
    private static <T extends SpecificRecord> @Nullable T decode(
            SingleObject<T> codec, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return codec.decode(record.value());
        } catch (UnreadableRecordException e) {
            return null;
        }
    }

    /** The runs that ended in a version. */
    public List<TrainingRun> runsOf(int version) {
        return runs.stream()
                .filter(run -> run.getVersion() != null && run.getVersion() == version)
                .toList();
    }

    /** The metrics of one version. */
    public List<Metrics> metricsOf(int version) {
        return metrics.stream().filter(each -> each.getVersion() == version).toList();
    }
}
