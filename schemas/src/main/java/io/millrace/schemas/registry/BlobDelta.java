package io.millrace.schemas.registry;

/**
 * A file as its difference from another one that is published whole.
 *
 * @param baseSha256 of the other one
 * @param bytes the difference; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to be sent, never compared
public record BlobDelta(String baseSha256, byte[] bytes) {}
