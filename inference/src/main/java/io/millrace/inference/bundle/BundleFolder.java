package io.millrace.inference.bundle;

import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bundle as a folder: {@value #MANIFEST_FILE} and beside it each blob under its path. Other files there are left alone.
 *
 * <p>Each file is written beside its place and moved there, the manifest last: a reader sees the old manifest or the
 * new one, and if it comes between the two, blobs that do not match are refused by their hashes.
 *
 * <p>Threading: stateless; one writer to a folder.
 */
public final class BundleFolder {
    public static final String MANIFEST_FILE = "manifest.yaml";

    private BundleFolder() {}

    /**
     * Reads a bundle.
     *
     * @throws BundleException if the folder holds none, or its files do not match its manifest
     */
    public static Bundle read(Path folder) {
        Path manifestFile = folder.resolve(MANIFEST_FILE);
        try {
            String yaml = Files.readString(manifestFile);
            Manifest manifest = Manifest.parse(yaml);
            Map<String, byte[]> blobs = new LinkedHashMap<>();
            for (String path : manifest.blobs().keySet()) {
                blobs.put(path, readBlob(folder, path));
            }
            return new Bundle(manifest, yaml, blobs);
        } catch (ConfigException e) {
            throw new BundleException(Problem.BAD_MANIFEST, manifestFile + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new BundleException(
                    Problem.BAD_MANIFEST, folder + " holds no bundle: there is no " + MANIFEST_FILE, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundle in " + folder, e);
        }
    }

    /** Writes a bundle, making the folder if need be and replacing the bundle that is there. */
    public static void write(Path folder, Bundle bundle) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> blob : bundle.blobs().entrySet()) {
                replace(folder.resolve(blob.getKey()), blob.getValue());
            }
            replace(folder.resolve(MANIFEST_FILE), bundle.manifestYaml().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the bundle of " + bundle.manifest().name() + " to " + folder, e);
        }
    }

    private static byte[] readBlob(Path folder, String path) throws IOException {
        try {
            return Files.readAllBytes(folder.resolve(path));
        } catch (NoSuchFileException e) {
            throw new BundleException(
                    Problem.MISSING_BLOB,
                    folder + ": the manifest names the blob '" + path + "', but there is no such file",
                    e);
        }
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " is not a file's path");
        }
        Files.createDirectories(parent);
        Path part = Files.createTempFile(parent, file.getFileName().toString(), ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
