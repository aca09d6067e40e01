package io.millrace.schemas.registry;

import io.millrace.schemas.avro.ModelVersion;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a publication, and what is written with it in the same transaction.
 *
 * @param champion the version that must be the champion still; null if any may
 * @param beside further records, given the version as it is published
 */
public record PublishTerms(@Nullable Integer champion, Function<ModelVersion, List<SideRecord>> beside) {
    /** Nothing must hold, and nothing else is written. */
    public static final PublishTerms NONE = new PublishTerms(null, version -> List.of());

    /**
     * A record that becomes visible together with the version.
     *
     * @param topic one of the topics of one partition that all pipelines share
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record SideRecord(String topic, String key, byte[] value) {}
}
