package io.millrace.cli.command;

import io.millrace.cli.output.ByteSize;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.published.PublishedBundles;
import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.RegistryView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a published version, and what of them had to be sent.
 *
 * <p>Threading: immutable.
 *
 * @param version whose files
 * @param earlier versions of the model before it
 */
record VersionFiles(ModelVersion version, List<ModelVersion> earlier) {

    static VersionFiles of(ModelVersion version, RegistryView view) {
        var before = new TreeMap<>(view.versionsOf(version.getName())).headMap(version.getVersion());
        return new VersionFiles(version, List.copyOf(before.values()));
    }

    /** Of the file that a reader gets, also if it was sent as a delta. */
    static long wholeBytes(BlobRef blob) {
        return blob.getWholeSize() == null ? blob.getSize() : blob.getWholeSize();
    }

    /** Such as "14.2 MB of 133 MB sent". */
    String sent() {
        long whole =
                version.getBlobs().stream().mapToLong(VersionFiles::wholeBytes).sum();
        long sent = version.getBlobs().stream()
                .filter(blob -> blobsBefore().noneMatch(known -> isSame(known, blob)))
                .mapToLong(BlobRef::getSize)
                .sum();
        return sent == whole
                ? ByteSize.text(whole) + " sent"
                : ByteSize.text(sent) + " of " + ByteSize.text(whole) + " sent";
    }

    /** One line for each file. */
    List<String> lines() {
        return version.getBlobs().stream().map(this::line).toList();
    }

    private String line(BlobRef blob) {
        String line = blob.getPath() + ", " + wholeBytes(blob) + " bytes, sha256 " + wholeSha256(blob);
        return blob.getDeltaOf() == null
                ? line
                : line + ", as a delta of " + blob.getSize() + " bytes against " + blob.getDeltaOf()
                        + base(blob.getDeltaOf());
    }

    private String base(String sha256) {
        return earlier.stream()
                .filter(before -> before.getBlobs().stream()
                        .anyMatch(blob ->
                                blob.getDeltaOf() == null && blob.getSha256().equals(sha256)))
                .findFirst()
                .map(before -> " of version " + before.getVersion())
                .orElse(", which no version has");
    }

    private String wholeSha256(BlobRef blob) {
        if (blob.getDeltaOf() == null) {
            return blob.getSha256();
        }
        try {
            Map<String, String> named = PublishedBundles.manifest(version).blobs();
            return named.getOrDefault(blob.getPath(), "not named in the manifest");
        } catch (BundleException broken) {
            return "unknown, since the manifest cannot be read";
        }
    }

    private Stream<BlobRef> blobsBefore() {
        return earlier.stream().flatMap(before -> before.getBlobs().stream());
    }

    private static boolean isSame(BlobRef known, BlobRef blob) {
        return known.getSha256().equals(blob.getSha256()) && known.getFirstOffset() == blob.getFirstOffset();
    }
}
