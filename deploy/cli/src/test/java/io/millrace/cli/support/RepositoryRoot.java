package io.millrace.cli.support;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the repository's folder from wherever a test runs. */
public final class RepositoryRoot {

    private RepositoryRoot() {}

    public static Path find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " has .mvn in it");
            }
            folder = parent;
        }
        return folder;
    }
}
