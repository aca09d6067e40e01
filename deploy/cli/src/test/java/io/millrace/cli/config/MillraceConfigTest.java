package io.millrace.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.support.RepositoryRoot;
import io.millrace.inference.config.ConfigException;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.trainer.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MillraceConfigTest {

    @TempDir
    Path folder;

    @Test
    void builtInScoresTransactionsAndTextsOnAnEmbeddedBroker() {
        MillraceConfig config = MillraceConfig.builtIn();

        assertThat(config.kafka()).isEmpty();
        assertThat(config.data()).isEqualTo(MillraceConfig.home().resolve("millrace-data"));
        assertThat(config.pipeline("fraud").input().topic()).isEqualTo("transactions");
        assertThat(config.models())
                .containsExactly(
                        new ModelConfig("fraud", MillraceConfig.home().resolve("deploy/models/fraud")),
                        new ModelConfig("sentiment", MillraceConfig.home().resolve("deploy/models/sentiment")));
        assertThat(config.pipeline("sentiment").readsTexts()).isTrue();
        assertThat(config.pipeline("sentiment").feed()).isNotNull();
        assertThat(config.training("sentiment")).isPresent();
    }

    @Test
    void onePipelineCanBeTakenOutWithWhatItNeeds() {
        MillraceConfig config = MillraceConfig.builtIn().only("sentiment");

        assertThat(config.pipelines()).extracting(PipelineConfig::name).containsExactly("sentiment");
        assertThat(config.models()).extracting(ModelConfig::name).containsExactly("sentiment");
        assertThat(config.training()).extracting(TrainingConfig::pipeline).containsExactly("sentiment");
    }

    @Test
    void theExampleOfTextsCanBeRead() {
        MillraceConfig config = MillraceConfig.load(RepositoryRoot.find().resolve("deploy/examples/sentiment.yaml"));

        assertThat(config.pipeline("sentiment").input().text()).isEqualTo("text");
        assertThat(config.models())
                .containsExactly(
                        new ModelConfig("sentiment", RepositoryRoot.find().resolve("deploy/models/sentiment")));
    }

    @Test
    void takesRelativePathsFromTheFilesOwnFolder() throws IOException {
        Path file = write("""
                data: kept
                models:
                  - { name: fraud, bundle: ../models/fraud }
                """);

        MillraceConfig config = MillraceConfig.load(file);

        assertThat(config.data()).isEqualTo(folder.resolve("kept"));
        assertThat(config.models()).containsExactly(new ModelConfig("fraud", folder.resolveSibling("models/fraud")));
    }

    @Test
    void passesKafkaPropertiesOfEveryPlainType() throws IOException {
        Path file = write("""
                kafka:
                  bootstrap.servers: broker:9092
                  security.protocol: SSL
                  retries: 5
                  enable.idempotence: true
                """);

        assertThat(MillraceConfig.load(file).kafka())
                .isEqualTo(Map.of(
                        "bootstrap.servers",
                        "broker:9092",
                        "security.protocol",
                        "SSL",
                        "retries",
                        5,
                        "enable.idempotence",
                        true));
    }

    @Test
    void namesWhatIsWrongAndWhere() throws IOException {
        assertRefused("kafka: { bootstrap: { servers: broker } }", "kafka.bootstrap", "bootstrap.servers");
        assertRefused("pipeline: []", "pipeline", "pipelines");
        assertRefused("models: [ { name: a, bundle: x }, { name: a, bundle: y } ]", "models", "'a'", "twice");
        assertRefused("models: [ { name: a } ]", "models[0].bundle", "missing");
        assertRefused("pipelines: [ { name: a, inptu: { topic: t } } ]", "pipelines[0].inptu", "did you mean 'input'?");
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path missing = folder.resolve("nowhere.yaml");

        assertThatThrownBy(() -> MillraceConfig.load(missing))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void namesThePipelinesThereAre() {
        assertThatThrownBy(() -> MillraceConfig.builtIn().pipeline("frued"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("'frued'", "[fraud, sentiment]");
    }

    @Test
    void saysHowThePipelinesModelsGoOnLearning() throws IOException {
        String pipeline =
                "pipelines: [ { name: fraud, model: fraud, input: { topic: t, format: json, id: i, time: t } } ]\n";
        Path file =
                write(pipeline + "training: [ { pipeline: fraud, every: { interval: 7d }, window: { span: 14d } } ]");

        MillraceConfig config = MillraceConfig.load(file);

        assertThat(config.training("fraud")).hasValueSatisfying(training -> {
            assertThat(training.every().interval()).hasDays(7);
            assertThat(training.window().span()).hasDays(14);
        });
        assertThat(config.training("other")).isEmpty();
        assertRefused(pipeline + "training: [ { pipeline: frued } ]", "'frued'", "[fraud]");
        assertRefused(pipeline + "training: [ { pipeline: fraud }, { pipeline: fraud } ]", "training", "twice");
        assertRefused(
                pipeline + "training: [ { pipeline: fraud, every: { drop: 0.1 }, gate: { metric: accuracy } } ]",
                "every.drop",
                "gate.metric");
    }

    private void assertRefused(String yaml, String... parts) throws IOException {
        Path file = write(yaml);

        assertThatThrownBy(() -> MillraceConfig.load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("millrace.yaml"), yaml);
    }
}
