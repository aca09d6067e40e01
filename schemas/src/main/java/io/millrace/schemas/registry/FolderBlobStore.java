package io.millrace.schemas.registry;

import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Blobs as files of a folder, each named by its SHA-256.
 *
 * <p>Threading: safe, also between processes that share the folder.
 */
public final class FolderBlobStore implements BlobStore {

    private final Path folder;

    /** The folder is made when the first blob is written. */
    public FolderBlobStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public byte[] read(BlobRef ref) throws BlobUnavailableException {
        BlobCheck.requireSane(ref);
        Path file = folder.resolve(ref.getSha256());
        try {
            return BlobCheck.requireIs(ref, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new BlobUnavailableException(BlobCheck.describe(ref) + " is missing: no file " + file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Writes a blob, whole or not at all, and answers its SHA-256. */
    public String write(byte[] content) {
        String sha256 = Sha256.hex(content);
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, sha256, ".part");
            Files.write(part, content);
            Files.move(part, folder.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write blob " + sha256 + " to " + folder, e);
        }
        return sha256;
    }
}
