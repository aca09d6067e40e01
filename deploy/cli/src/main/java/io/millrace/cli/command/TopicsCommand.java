package io.millrace.cli.command;

import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.config.ConnectionOptions;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.doctor.TopicChecks;
import io.millrace.cli.doctor.TopicState;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.schemas.topic.TopicCreator;
import io.millrace.schemas.topic.TopicSpec;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the topics of the configured pipelines beside what the broker has. */
@Command(
        name = "topics",
        description = "Lists the topics that the configured pipelines use, and whether the broker has them.",
        footer = {"  millrace topics", "  millrace topics --config fraud.yaml --create", "  millrace topics --json"})
final class TopicsCommand implements Runnable {

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private JsonOption json;

    @Option(names = "--create", description = "Create those that are missing first.")
    private boolean create;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        MillraceConfig config = connection.config();
        List<TopicSpec> needed = TopicChecks.needed(config.pipelines());
        try (BrokerConnection broker = connection.connect(config);
                Admin admin = Admin.create(broker.client())) {
            if (create) {
                List<String> created = TopicCreator.ensure(admin, needed);
                spec.commandLine()
                        .getErr()
                        .println("created " + (created.isEmpty() ? "none" : String.join(", ", created)));
            }
            Listing listing = Listing.of("topic", "state", "partitions", "cleanup", "kept", "key", "value");
            TopicChecks.states(admin, needed).forEach(state -> add(listing, state));
            listing.print(spec.commandLine().getOut(), json.json(), "no topics");
        }
    }

    private static void add(Listing listing, TopicState state) {
        TopicSpec topic = state.spec();
        Duration retention = topic.retention();
        listing.add(
                topic.name(),
                state.summary(),
                state.exists() ? state.partitions() : null,
                topic.cleanup().policy(),
                retention == null ? "for ever" : retention.toDays() + " days",
                topic.key(),
                topic.value());
    }
}
