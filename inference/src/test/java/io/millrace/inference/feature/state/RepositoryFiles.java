package io.millrace.inference.feature.state;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the data that lies beside the repository. */
final class RepositoryFiles {
    private RepositoryFiles() {}

    /** The file, or the test is skipped. */
    static Path sharedData(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        Assumptions.assumeTrue(folder != null, "not inside the repository: no folder above has .mvn");
        Path file = folder.resolve("../shared/data").resolve(name);
        Assumptions.assumeTrue(Files.isReadable(file), name + " is not in ../shared/data beside the repository");
        return file;
    }
}
