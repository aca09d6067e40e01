package io.millrace.cli.command;

import io.millrace.cli.config.RegistryOptions;
import io.millrace.cli.config.RegistryOptions.Published;
import io.millrace.cli.output.FailedException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.PublishAs;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a bundle as the next version of its model. */
@Command(
        name = "publish",
        description = "Publishes the bundle in a folder as the next version of its model, in one transaction. "
                + "It is loaded and tried with its golden samples first, as a stream would.",
        footer = {
            "  millrace models publish deploy/models/fraud",
            "  millrace models publish retrained --as challenger --reason 'trained on June'"
        })
final class ModelsPublishCommand implements Runnable {

    private static final int TRIAL_ROWS = 256;
    /** Its real number is given in the transaction that publishes it. */
    private static final int TRIAL_VERSION = 1;

    @Mixin
    private RegistryOptions registry;

    @Parameters(paramLabel = "FOLDER", description = "The bundle: manifest.yaml and the files that it names.")
    private Path folder;

    @Option(
            names = "--as",
            defaultValue = "CHAMPION",
            paramLabel = "ROLE",
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default. "
                    + "Where the champion is pinned, it becomes the challenger.")
    private PublishAs as;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the roles.")
    private @Nullable String reason;

    @Option(names = "--unchecked", description = "Publish without trying it first: the streams will judge.")
    private boolean unchecked;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Bundle bundle = read();
        String name = bundle.manifest().name();
        if (!unchecked) {
            tryOut(bundle);
        }
        String why = reason == null ? "published from " + folder.getFileName() : reason;
        Published published = registry.publish(bundle, as, why);
        ModelVersion version = published.version();
        spec.commandLine()
                .getOut()
                .println("published " + name + " version " + version.getVersion() + ", "
                        + VersionFiles.of(version, published.before()).sent() + ", manifest "
                        + version.getManifestHash());
    }

    private Bundle read() {
        try {
            return BundleFolder.read(folder.toAbsolutePath().normalize());
        } catch (BundleException e) {
            throw new FailedException("the bundle cannot be published: " + e.getMessage(), e);
        }
    }

    private static void tryOut(Bundle bundle) {
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, TRIAL_ROWS);
        try {
            loader.load(new ModelRef(bundle.manifest().name(), TRIAL_VERSION), bundle)
                    .close();
        } catch (ModelRefusedException e) {
            throw new FailedException(
                    "a stream would refuse this bundle (" + e.kind() + "): " + e.getMessage()
                            + "; --unchecked publishes it all the same",
                    e);
        }
    }
}
