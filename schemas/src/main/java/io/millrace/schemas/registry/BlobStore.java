package io.millrace.schemas.registry;

import io.millrace.schemas.avro.BlobRef;

/** Where the files of a model version lie, by the hash of their content. */
public interface BlobStore {

    /**
     * The blob, whole, and with the size and hash that the reference names.
     *
     * <p>A store that cannot be reached throws an unchecked exception: there, trying again may help.
     *
     * @throws BlobUnavailableException when what the store holds is not the blob
     */
    byte[] read(BlobRef ref) throws BlobUnavailableException;
}
