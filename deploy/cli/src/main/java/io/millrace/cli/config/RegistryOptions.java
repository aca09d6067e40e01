package io.millrace.cli.config;

import io.millrace.cli.broker.BrokerConnection;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.RegistryView;
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

    /** Changes one model, in the name of the user who runs the command. */
    public <T> T write(String model, Function<ModelRegistryWriter, T> change) {
        String who = "cli:" + System.getProperty("user.name");
        try (BrokerConnection broker = connect();
                ModelRegistryWriter writer = new ModelRegistryWriter(broker.client(), model, who, Clock.systemUTC())) {
            return change.apply(writer);
        }
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
