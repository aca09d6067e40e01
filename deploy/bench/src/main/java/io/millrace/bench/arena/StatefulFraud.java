package io.millrace.bench.arena;

import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plain transactions, features that the stream computes, and the trees that are shipped. Threading: stateless. */
public final class StatefulFraud {
    private static final Path MODEL = Path.of("deploy", "models", "fraud");

    private StatefulFraud() {}

    /** The shipped model. */
    public static Bundle bundle() {
        return BundleFolder.read(folder());
    }

    /** Where the shipped model lies. */
    public static Path folder() {
        for (Path at = MillraceConfig.home(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(MODEL))) {
                return at.resolve(MODEL);
            }
        }
        throw new WrongUseException("there is no " + MODEL + " in " + MillraceConfig.home()
                + " or above it: run this in the repository, or through deploy/millrace");
    }
}
