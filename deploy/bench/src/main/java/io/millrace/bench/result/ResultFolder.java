package io.millrace.bench.result;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with one file for each benchmark's latest result.
 *
 * <p>Threading: stateless.
 */
public record ResultFolder(Path path) {
    private static final String ENDING = ".json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter WRITER =
            JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    /** The folder of the repository that this process was started from. */
    public static ResultFolder ofRepository() {
        return new ResultFolder(repository().resolve(Path.of("deploy", "bench", "results")));
    }

    static Path repository() {
        return Path.of(System.getProperty("millrace.home", "")).toAbsolutePath().normalize();
    }

    /** Writes a result in place of the one before, and answers its file. */
    public Path save(String name, Measured<?> measured) throws IOException {
        Files.createDirectories(path);
        Path part = Files.createTempFile(path, name, ".part");
        Files.writeString(part, WRITER.writeValueAsString(measured) + "\n");
        return Files.move(
                part, path.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** All results by the names of their files. */
    public Map<String, JsonNode> read() throws IOException {
        Map<String, JsonNode> results = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(ENDING)).toList()) {
                String name = file.getFileName().toString();
                results.put(
                        name.substring(0, name.length() - ENDING.length()), JSON.readTree(Files.readAllBytes(file)));
            }
        }
        return results;
    }
}
