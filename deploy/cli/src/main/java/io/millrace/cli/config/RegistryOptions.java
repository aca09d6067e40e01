package io.millrace.cli.config;

import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.history.ModelHistory;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.published.VersionDrafts;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.KafkaBlobStore;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import java.time.Clock;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Mixin;

/** Mixed into the commands that read or change the model registry. */
public final class RegistryOptions {

    @Mixin
    private ConnectionOptions connection;

    /** What the registry says now. */
    public RegistryView read() {
        try (BrokerConnection broker = connect();
                ModelRegistryReader reader = new ModelRegistryReader(broker.client())) {
            return reader.read();
        }
    }

    /**
     * What the registry says now, and what became of one model.
     *
     * @param history of the model
     */
    public record Told(RegistryView view, ModelHistory history) {}

    /** What the registry says now, and what the metrics and training runs say of a model. */
    public Told readWithHistory(String model) {
        try (BrokerConnection broker = connect();
                ModelRegistryReader reader = new ModelRegistryReader(broker.client())) {
            return new Told(reader.read(), ModelHistory.read(broker.client(), model));
        }
    }

    /** Changes one model, in the name of the user who runs the command. */
    public <T> T write(String model, Function<ModelRegistryWriter, T> change) {
        try (BrokerConnection broker = connect();
                ModelRegistryWriter writer = writer(broker, model)) {
            return change.apply(writer);
        }
    }

    /**
     * What came of a publication.
     *
     * @param before what the registry said before it
     */
    public record Published(ModelVersion version, RegistryView before) {}

    /** Publishes a bundle in the name of the user; of its files, that is sent which no version has yet. */
    public Published publish(Bundle bundle, PublishAs as, String reason) {
        try (BrokerConnection broker = connect();
                ModelRegistryReader reader = new ModelRegistryReader(broker.client());
                KafkaBlobStore blobs = new KafkaBlobStore(broker.client());
                ModelRegistryWriter writer = writer(broker, bundle.manifest().name())) {
            RegistryView before = reader.read();
            VersionDraft draft = new VersionDrafts(blobs).of(bundle, before);
            return new Published(writer.publish(draft, as, reason), before);
        }
    }

    private static ModelRegistryWriter writer(BrokerConnection broker, String model) {
        String who = "cli:" + System.getProperty("user.name");
        return new ModelRegistryWriter(broker.client(), model, who, Clock.systemUTC());
    }

    private BrokerConnection connect() {
        BrokerConnection broker = connection.connect(connection.config());
        try (Admin admin = Admin.create(broker.client())) {
            TopicCreator.ensure(admin, TopicCatalogue.model());
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }
}
