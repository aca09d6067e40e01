package io.millrace.schemas;

import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.avro.FeedPoint;
import io.millrace.schemas.avro.Label;
import io.millrace.schemas.avro.LabelledExample;
import io.millrace.schemas.avro.Metrics;
import io.millrace.schemas.avro.ModelRoles;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.avro.TextMessage;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that records may have been written with, by CRC-64-AVRO fingerprint.
 *
 * <p>A fingerprint leaves out logical types, defaults, aliases and docs: of two schemas that differ in these only, the
 * one added last is kept.
 *
 * <p>Whoever changes a released schema of ours puts the released text into the resources {@code schemas/history} and its
 * file name into the {@code index.txt} there: records written with it stay readable.
 *
 * <p>Threading: immutable.
 */
public final class SchemaStore {
    private static final String HISTORY = "/schemas/history/";
    private static final List<Schema> OWN = List.of(
            Activation.getClassSchema(),
            FeedPoint.getClassSchema(),
            Label.getClassSchema(),
            LabelledExample.getClassSchema(),
            Metrics.getClassSchema(),
            ModelRoles.getClassSchema(),
            ModelStatus.getClassSchema(),
            ModelVersion.getClassSchema(),
            Score.getClassSchema(),
            TextMessage.getClassSchema(),
            TrainingRun.getClassSchema(),
            Transaction.getClassSchema());

    private final Map<Long, Schema> byFingerprint;

    private SchemaStore(Map<Long, Schema> byFingerprint) {
        this.byFingerprint = byFingerprint;
    }

    /** Our own schemas, those of today and those of earlier releases. */
    public static SchemaStore ofOwn() {
        return of(HISTORY, OWN);
    }

    /** The schemas that a folder of resources lists in its {@code index.txt}, overruled by today's. */
    static SchemaStore of(String historyFolder, List<Schema> today) {
        Map<Long, Schema> schemas = new HashMap<>();
        for (String file : text(historyFolder + "index.txt").lines().toList()) {
            // A parser for each: several files may define the same name.
            put(schemas, new Schema.Parser().parse(text(historyFolder + file)));
        }
        for (Schema schema : today) {
            put(schemas, schema);
        }
        return new SchemaStore(Map.copyOf(schemas));
    }

    /** This store and one more schema. */
    public SchemaStore with(Schema writer) {
        Map<Long, Schema> schemas = new HashMap<>(byFingerprint);
        put(schemas, writer);
        return new SchemaStore(Map.copyOf(schemas));
    }

    /** The schema with this fingerprint; null when it is not known. */
    public @Nullable Schema find(long fingerprint) {
        return byFingerprint.get(fingerprint);
    }

    private static void put(Map<Long, Schema> schemas, Schema schema) {
        schemas.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }

    private static String text(String resource) {
        try (InputStream in = SchemaStore.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "no resource " + resource + ": the jar is incomplete, or the history's index.txt names a file"
                                + " that is not beside it");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}
