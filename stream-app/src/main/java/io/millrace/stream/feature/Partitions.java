package io.millrace.stream.feature;

import org.apache.kafka.common.utils.Utils;

/** Where Kafka's default partitioner puts a key. */
public final class Partitions {
    private Partitions() {}

    /** The partition of a key among so many, as the producer's default partitioner chooses it. */
    public static int of(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
