package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Says from which row on a task scores with a version.
 *
 * <p>Threading: confined to its task.
 */
final class ActivationWriter {
    private final SingleObject<Activation> activations = SingleObject.of(Activation.class, SchemaStore.ofOwn());
    private final String pipeline;
    private final String instance;
    private final String topic;

    ActivationWriter(String pipeline, String instance) {
        this.pipeline = pipeline;
        this.instance = instance;
        this.topic = TopicCatalogue.activations(pipeline);
    }

    Record<byte[], Flow> activation(LoadedModel model, PendingRow first, Instant at) {
        var features = model.manifest().featureSet();
        byte[] value = activations.encode(new Activation(
                pipeline,
                first.partition(),
                first.offset(),
                model.ref().name(),
                model.ref().version(),
                model.modelHash(),
                features == null ? "" : features.hash(),
                instance,
                at));
        byte[] key = Integer.toString(first.partition()).getBytes(StandardCharsets.UTF_8);
        return new Record<>(key, new Outgoing(topic, value), first.record().timestamp(), new RecordHeaders());
    }
}
