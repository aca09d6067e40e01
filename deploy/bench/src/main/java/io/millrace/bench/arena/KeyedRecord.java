package io.millrace.bench.arena;

/** A record as it is sent. Threading: immutable as long as nobody writes into the arrays, which are not copied. */
@SuppressWarnings("ArrayRecordComponent") // handed from maker to producer, never compared
public record KeyedRecord(byte[] key, byte[] value) {}
