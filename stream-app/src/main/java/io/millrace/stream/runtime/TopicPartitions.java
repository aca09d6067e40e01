package io.millrace.stream.runtime;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import io.millrace.schemas.topic.TopicSpec;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that a process's topics exist, and tells how the input and the labels are partitioned. */
final class TopicPartitions {
    private static final Logger log = LoggerFactory.getLogger(TopicPartitions.class);

    private TopicPartitions() {}

    /** Partitions of a pipeline's input and feedback topic. */
    record Counts(int input, int labels) {}

    static Map<String, Counts> ensure(Map<String, Object> kafka, List<PipelineConfig> pipelines) {
        List<TopicSpec> specs = new ArrayList<>(TopicCatalogue.model());
        for (PipelineConfig pipeline : pipelines) {
            LabelsConfig labels = pipeline.labels();
            specs.addAll(TopicCatalogue.pipeline(
                    pipeline.name(),
                    pipeline.input().topic(),
                    labels == null ? null : labels.topic(),
                    pipeline.partitions()));
            if (pipeline.feed() != null) {
                specs.add(TopicCatalogue.feed(pipeline.name(), pipeline.partitions()));
            }
        }
        try (Admin admin = Admin.create(kafka)) {
            List<String> created = TopicCreator.ensure(admin, specs);
            if (!created.isEmpty()) {
                log.atInfo().addKeyValue("topics", created).log("topics created");
            }
            Map<String, Counts> counts = new HashMap<>();
            for (PipelineConfig pipeline : pipelines) {
                LabelsConfig labels = pipeline.labels();
                counts.put(
                        pipeline.name(),
                        new Counts(
                                partitions(admin, pipeline.input().topic()),
                                labels == null ? 0 : partitions(admin, labels.topic())));
            }
            return counts;
        }
    }

    private static int partitions(Admin admin, String topic) {
        try {
            Map<String, TopicDescription> found =
                    admin.describeTopics(List.of(topic)).allTopicNames().get();
            return found.values().iterator().next().partitions().size();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while describing topic " + topic, e);
        } catch (ExecutionException e) {
            throw new KafkaException("cannot describe topic " + topic, e.getCause());
        }
    }
}
