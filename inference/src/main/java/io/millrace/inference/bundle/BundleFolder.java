package io.millrace.inference.bundle;

import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.bundle.assembly.AssembledBlobs;
import io.millrace.inference.bundle.assembly.BaseFiles;
import io.millrace.inference.bundle.assembly.SmallForm;
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
import org.jspecify.annotations.Nullable;

/**
 * A bundle as a folder: {@value #MANIFEST_FILE} and beside it each blob under its path. Other files there are left alone.
 *
 * <p>A tuned encoder may lie there in its small form instead: what {@value SmallForm#ASSEMBLY_FILE} says how to put
 * together needs no file, and is checked against the manifest as every blob is.
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
     * Reads a bundle, with what it lacks of its base taken from the class path.
     *
     * @throws BundleException if the folder holds none, or its files do not match its manifest
     */
    public static Bundle read(Path folder) {
        return read(folder, BaseFiles.CLASS_PATH);
    }

    /**
     * Reads a bundle.
     *
     * @param base where the files of the artifact are that the bundle is tuned from, if it is in its small form
     * @throws BundleException if the folder holds none, or its files do not match its manifest
     */
    public static Bundle read(Path folder, BaseFiles base) {
        Path manifestFile = folder.resolve(MANIFEST_FILE);
        try {
            String yaml = Files.readString(manifestFile);
            Manifest manifest = Manifest.parse(yaml);
            SmallForm form = SmallForm.read(folder);
            AssembledBlobs assembled = form == null ? null : new AssembledBlobs(form, manifest, base);
            Map<String, byte[]> blobs = new LinkedHashMap<>();
            for (String path : manifest.blobs().keySet()) {
                blobs.put(path, readBlob(folder, path, assembled));
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
        write(folder, bundle, bundle.blobs());
    }

    /**
     * Writes a bundle in its small form: without the files that are put together when it is read.
     *
     * @param form that gives the bundle's own files
     */
    public static void writeSmall(Path folder, Bundle bundle, SmallForm form) {
        Map<String, byte[]> files = new LinkedHashMap<>(bundle.blobs());
        files.keySet().removeIf(path -> AssembledBlobs.covers(bundle.manifest(), path));
        files.putAll(form.files());
        write(folder, bundle, files);
    }

    private static void write(Path folder, Bundle bundle, Map<String, byte[]> files) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                replace(folder.resolve(file.getKey()), file.getValue());
            }
            replace(folder.resolve(MANIFEST_FILE), bundle.manifestYaml().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the bundle of " + bundle.manifest().name() + " to " + folder, e);
        }
    }

    private static byte[] readBlob(Path folder, String path, @Nullable AssembledBlobs assembled) throws IOException {
        if (assembled != null && assembled.has(path)) {
            return assembled.get(path);
        }
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
