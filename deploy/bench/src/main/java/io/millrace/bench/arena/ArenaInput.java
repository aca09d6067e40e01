package io.millrace.bench.arena;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.codec.AvroEventCodec;
import io.millrace.schemas.codec.EventCodec;
import io.millrace.schemas.codec.EventShape;
import io.millrace.schemas.codec.FieldMapping;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.InputFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of an event lie in the arena's records, which follows from the model that reads them: texts are {@code
 * TextMessage}, numbers with entities {@code Transaction}, those without {@link StatelessFraud#SCHEMA}.
 *
 * <p>Threading: immutable.
 *
 * @param key the field that the topic is keyed by; null if no feature cares
 * @param text path of the text; null for numbers
 */
public record ArenaInput(
        String id,
        String time,
        @Nullable String key,
        @Nullable String text,
        EventShape shape) {
    static final String ID = "id";
    static final String TIME = "time";

    private static final String SCHEMA_FILE = "prepared-transaction.avsc";

    /** What a model's events look like. */
    public static ArenaInput of(Manifest manifest) {
        FeatureSet features = manifest.featureSet();
        if (features == null) {
            return new ArenaInput("message_id", "event_time", null, "text", new EventShape(List.of(), List.of(), true));
        }
        return features.entities().isEmpty()
                ? new ArenaInput(ID, TIME, null, null, features.shape())
                : new ArenaInput("transaction_id", "event_time", "customer_id", null, features.shape());
    }

    /** The codec that reads them. */
    public EventCodec codec() {
        return new AvroEventCodec(
                new FieldMapping(id, time, null, text, Map.of()),
                shape,
                SchemaStore.ofOwn().with(StatelessFraud.SCHEMA));
    }

    /**
     * The input of a pipeline.
     *
     * @param bundleFolder where {@link #write} put the model
     */
    public InputConfig config(String topic, Path bundleFolder) {
        return InputConfig.of(
                topic,
                InputFormat.AVRO,
                id,
                time,
                null,
                key,
                null,
                List.of(bundleFolder.resolve(SCHEMA_FILE)),
                text,
                null);
    }

    /** Writes a bundle for contenders to read, with the schema of the records beside it. */
    public static Path write(Path folder, Bundle bundle) {
        BundleFolder.write(folder, bundle);
        try {
            Files.writeString(folder.resolve(SCHEMA_FILE), StatelessFraud.SCHEMA.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the schema of the records to " + folder, e);
        }
        return folder;
    }
}
