package io.millrace.cli.command;

import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.config.ConnectionOptions;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.published.PublishedBundles;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.KafkaBlobStore;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import io.millrace.trainer.service.NotRebuildableException;
import io.millrace.trainer.service.RebuildReport;
import io.millrace.trainer.service.VersionRebuild;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a published version, and if wanted makes it again. */
@Command(
        name = "verify",
        description = {
            "Checks a published version: its files have the hashes that its manifest names, and the model answers its"
                    + " golden samples as recorded.",
            "With --rebuild, also trains it again from the examples, settings and parent that its lineage names, and"
                    + " compares every byte. Exit code 1 when anything differs."
        },
        footer = {"  millrace models verify fraud@3", "  millrace models verify fraud@3 --rebuild"})
final class ModelsVerifyCommand implements Callable<Integer> {
    private static final int BATCH_ROWS = 256;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private JsonOption json;

    @Option(names = "--rebuild", description = "Train the version again from the log, and compare.")
    private boolean rebuild;

    @Parameters(index = "0", paramLabel = "MODEL@VERSION", description = "The version, such as fraud@3.")
    private String wanted;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ModelRef ref = parse(wanted);
        try (BrokerConnection broker = connection.connect(connection.config());
                KafkaBlobStore blobs = new KafkaBlobStore(broker.client())) {
            RegistryView view = read(broker);
            ModelVersion version = find(view, ref);
            Bundle bundle = check(ref, new PublishedBundles(blobs), version, view);
            RebuildReport report = rebuild ? rebuild(broker, blobs, version, view) : null;
            print(ref, bundle, report);
            return report == null || report.identical() ? 0 : 1;
        }
    }

    private static ModelRef parse(String wanted) {
        int at = wanted.lastIndexOf('@');
        try {
            if (at > 0) {
                return new ModelRef(wanted.substring(0, at), Integer.parseInt(wanted.substring(at + 1)));
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the message.
        }
        throw new WrongUseException("'" + wanted + "' must be a model and a version, such as fraud@3");
    }

    private static RegistryView read(BrokerConnection broker) {
        try (Admin admin = Admin.create(broker.client());
                ModelRegistryReader reader = new ModelRegistryReader(broker.client())) {
            List<String> unused = TopicCreator.ensure(admin, TopicCatalogue.model());
            return reader.read();
        }
    }

    private static ModelVersion find(RegistryView view, ModelRef ref) {
        ModelVersion version = view.versionsOf(ref.name()).get(ref.version());
        if (version == null) {
            throw new FailedException("there is no version " + ref + "; model '" + ref.name() + "' has the versions "
                    + view.versionsOf(ref.name()).keySet());
        }
        return version;
    }

    private static Bundle check(ModelRef ref, PublishedBundles bundles, ModelVersion version, RegistryView view) {
        try {
            Bundle bundle = bundles.read(version, view);
            if (bundle.manifest().task() == Task.BINARY_CLASSIFICATION) {
                new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, BATCH_ROWS)
                        .load(ref, bundle)
                        .close();
            }
            return bundle;
        } catch (BundleException | ModelRefusedException e) {
            throw new FailedException(ref + " is not sound: " + e.getMessage(), e);
        }
    }

    private RebuildReport rebuild(
            BrokerConnection broker, KafkaBlobStore blobs, ModelVersion version, RegistryView view) {
        try (RoundLines progress = new RoundLines(spec.commandLine().getErr())) {
            return new VersionRebuild(broker.client(), blobs).run(version, view, progress);
        } catch (NotRebuildableException e) {
            throw new FailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private void print(ModelRef ref, Bundle bundle, @Nullable RebuildReport report) {
        PrintWriter out = spec.commandLine().getOut();
        boolean asked = bundle.manifest().task() == Task.BINARY_CLASSIFICATION;
        if (json.json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("model", ref.name());
            facts.put("version", ref.version());
            facts.put("files", List.copyOf(bundle.blobs().keySet()));
            facts.put("golden", asked ? bundle.manifest().golden().size() : 0);
            if (report != null) {
                facts.put("examples", report.examples());
                facts.put("identical", report.identical());
                facts.put("differences", report.differences());
            }
            Listing.printJson(out, facts);
        } else {
            out.println(ref + ": the hashes of " + bundle.blobs().keySet() + " are those of the manifest"
                    + (asked
                            ? ", " + bundle.manifest().golden().size() + " golden samples are answered as recorded"
                            : ""));
            if (report != null) {
                out.println(
                        report.identical()
                                ? ref + ": trained again on " + report.examples() + " examples, every byte is the same"
                                : ref + ": trained again on " + report.examples() + " examples, it differs:");
                report.differences().forEach(difference -> out.println("  " + difference));
            }
        }
        out.flush();
    }
}
