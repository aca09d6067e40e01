package io.millrace.schemas.registry;

import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Blobs of earlier versions of a model that need not be sent again, since their chunks are still within the topic.
 *
 * <p>Threading: thread-confined.
 */
final class BlobReuse {
    private static final TopicPartition CHUNKS = new TopicPartition(TopicCatalogue.MODEL_CHUNKS, 0);

    private final Map<String, BlobRef> bySha256;

    private BlobReuse(Map<String, BlobRef> bySha256) {
        this.bySha256 = bySha256;
    }

    static BlobReuse of(Map<String, Object> kafka, Collection<ModelVersion> versions) {
        try (Admin admin = Admin.create(kafka)) {
            TopicCreator.require(admin, List.of(TopicCatalogue.model(CHUNKS.topic())));
            long begin = offset(admin, OffsetSpec.earliest());
            long end = offset(admin, OffsetSpec.latest());
            Map<String, BlobRef> reusable = new HashMap<>();
            for (ModelVersion version : versions) {
                for (BlobRef blob : version.getBlobs()) {
                    if (blob.getFirstOffset() >= begin && blob.getFirstOffset() < end) {
                        reusable.put(blob.getSha256(), blob);
                    }
                }
            }
            return new BlobReuse(reusable);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("cannot look at the chunk topic: " + e.getCause(), e.getCause());
        }
    }

    private static long offset(Admin admin, OffsetSpec which) throws InterruptedException, ExecutionException {
        return admin.listOffsets(Map.of(CHUNKS, which))
                .partitionResult(CHUNKS)
                .get()
                .offset();
    }

    Optional<BlobRef> find(String sha256) {
        return Optional.ofNullable(bySha256.get(sha256));
    }
}
