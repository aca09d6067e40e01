package io.millrace.cli.command;

import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.broker.BrokerStartException;
import io.millrace.cli.broker.BrokerUnreachableException;
import io.millrace.cli.config.ConnectionOptions;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.doctor.BrokerChecks;
import io.millrace.cli.doctor.Finding;
import io.millrace.cli.doctor.Finding.Verdict;
import io.millrace.cli.doctor.MachineChecks;
import io.millrace.cli.doctor.RegistryChecks;
import io.millrace.cli.doctor.TopicChecks;
import io.millrace.cli.doctor.TopicState;
import io.millrace.cli.output.ErrorRenderer;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.schemas.registry.BlobStore;
import io.millrace.schemas.registry.BlobUnavailableException;
import io.millrace.schemas.registry.KafkaBlobStore;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.topic.TopicCatalogue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks for what keeps Millrace from running, and says how to mend it. */
@Command(
        name = "doctor",
        description =
                "Checks this machine, the broker, the topics and the models, and says what to do where one fails.",
        footer = {"  millrace doctor", "  millrace doctor --config fraud.yaml --json"})
final class DoctorCommand implements Callable<Integer> {

    private static final BlobStore NO_BLOBS = ref -> {
        throw new BlobUnavailableException("the model topics do not exist");
    };

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Finding> findings = findings(connection.config());
        if (json.json()) {
            printForPrograms(findings);
        } else {
            printForPeople(findings);
        }
        boolean failed = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAILED);
        return failed ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void printForPrograms(List<Finding> findings) {
        Listing listing = Listing.of("check", "verdict", "found", "remedy");
        findings.forEach(finding -> listing.add(finding.check(), verdict(finding), finding.detail(), finding.remedy()));
        listing.print(spec.commandLine().getOut(), true, "");
    }

    private void printForPeople(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        Listing listing = Listing.of("check", "verdict", "found");
        findings.forEach(finding -> listing.add(finding.check(), verdict(finding), finding.detail()));
        listing.print(out, false, "nothing to check");
        findings.stream()
                .filter(finding -> !finding.remedy().isEmpty())
                .forEach(finding -> out.println("To mend " + finding.check() + ": " + finding.remedy() + "."));
    }

    private static String verdict(Finding finding) {
        return finding.verdict().name().toLowerCase(Locale.ROOT);
    }

    private List<Finding> findings(MillraceConfig config) {
        List<Finding> findings =
                new ArrayList<>(MachineChecks.run(config.data(), config.stream().device()));
        try (BrokerConnection broker = connection.connect(config);
                Admin admin = Admin.create(broker.client())) {
            findings.addAll(BrokerChecks.run(admin, broker.description()));
            List<TopicState> topics = TopicChecks.states(admin, TopicChecks.needed(config.pipelines()));
            findings.addAll(TopicChecks.findings(topics, TopicChecks.ownedByUser(config.pipelines())));
            findings.addAll(models(broker, config, topics));
        } catch (BrokerUnreachableException | BrokerStartException e) {
            findings.add(new Finding(
                    "broker",
                    Verdict.FAILED,
                    ErrorRenderer.message(e),
                    "start the broker that the configuration names, or name another"));
        }
        return findings;
    }

    private static List<Finding> models(BrokerConnection broker, MillraceConfig config, List<TopicState> topics) {
        Set<String> missing = topics.stream()
                .filter(state -> !state.exists())
                .map(state -> state.spec().name())
                .collect(Collectors.toSet());
        if (TopicCatalogue.model().stream().anyMatch(spec -> missing.contains(spec.name()))) {
            return RegistryChecks.run(RegistryView.EMPTY, NO_BLOBS, config.pipelines());
        }
        try (ModelRegistryReader reader = new ModelRegistryReader(broker.client());
                KafkaBlobStore blobs = new KafkaBlobStore(broker.client())) {
            return RegistryChecks.run(reader.read(), blobs, config.pipelines());
        }
    }
}
