package io.millrace.cli.serve;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.doctor.TopicChecks;
import io.millrace.inference.config.ConfigException;
import io.millrace.schemas.topic.TopicCreator;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.service.TrainedModel;
import io.millrace.trainer.service.TrainerService;
import io.millrace.trainer.service.TrainerSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * The trainer as a process, or beside the stream in one.
 *
 * <p>Threading: started and closed by one thread.
 */
public final class TrainerHost implements AutoCloseable {
    private final MillraceConfig config;
    private final Map<String, Object> kafka;
    private final TrainerService service;

    /** Makes the trainer of a configuration on a broker. */
    public TrainerHost(MillraceConfig config, Map<String, Object> kafka) {
        this.config = config;
        this.kafka = kafka;
        this.service = new TrainerService(
                settings(config, kafka),
                config.training().stream().map(entry -> model(config, entry)).toList());
    }

    /** How a trainer of this process runs. */
    public static TrainerSettings settings(MillraceConfig config, Map<String, Object> kafka) {
        Path folder = config.data().resolve("trainer");
        return new TrainerSettings(kafka, Instance.name(folder), Clock.systemUTC(), new SimpleMeterRegistry());
    }

    /**
     * The model that a training entry is about.
     *
     * @throws ConfigException if its pipeline has no labels to learn from
     */
    public static TrainedModel model(MillraceConfig config, TrainingConfig training) {
        PipelineConfig pipeline = config.pipeline(training.pipeline());
        if (pipeline.labels() == null) {
            throw new ConfigException("training: pipeline '" + pipeline.name()
                    + "' has no labels, so there is nothing to learn from; give it 'labels: { topic: feedback }'");
        }
        return new TrainedModel(pipeline.model(), training);
    }

    /** Creates missing topics and begins to follow the models. */
    public void start() {
        createTopics(config, kafka);
        service.start();
    }

    /** Creates those topics of the configuration that are missing. */
    public static void createTopics(MillraceConfig config, Map<String, Object> kafka) {
        try (Admin admin = Admin.create(kafka)) {
            List<String> unused = TopicCreator.ensure(admin, TopicChecks.needed(config.pipelines()));
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
