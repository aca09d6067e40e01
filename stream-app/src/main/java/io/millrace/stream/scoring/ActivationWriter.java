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
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Says from which row on a task scores with a version: notes it when the version is taken, and tells it before the commit
 * of the first scores, where it keeps no row waiting.
 *
 * <p>Threading: confined to its task. Lifecycle: what is noted and not told is lost with the task, as its scores are.
 */
final class ActivationWriter {
    private final SingleObject<Activation> activations = SingleObject.of(Activation.class, SchemaStore.ofOwn());
    private final String pipeline;
    private final String instance;
    private final String topic;
    private final List<Taken> untold = new ArrayList<>();

    /** The model's session may be closed by then; what it is called may still be asked. */
    private record Taken(LoadedModel model, int partition, long offset, long timestamp, Instant at) {}

    ActivationWriter(String pipeline, String instance) {
        this.pipeline = pipeline;
        this.instance = instance;
        this.topic = TopicCatalogue.activations(pipeline);
    }

    /** A version was taken. */
    void taken(LoadedModel model, PendingRow first, Instant at) {
        untold.add(new Taken(
                model, first.partition(), first.offset(), first.record().timestamp(), at));
    }

    boolean isEmpty() {
        return untold.isEmpty();
    }

    /** Sends out what was noted. */
    void tell(ProcessorContext<byte[], Flow> out) {
        for (Taken taken : untold) {
            byte[] key = Integer.toString(taken.partition()).getBytes(StandardCharsets.UTF_8);
            byte[] value = activations.encode(activation(taken));
            out.forward(new Record<>(key, new Outgoing(topic, value), taken.timestamp(), new RecordHeaders()));
        }
        clear();
    }

    private Activation activation(Taken taken) {
        var features = taken.model().manifest().featureSet();
        return new Activation(
                pipeline,
                taken.partition(),
                taken.offset(),
                taken.model().ref().name(),
                taken.model().ref().version(),
                taken.model().modelHash(),
                features == null ? "" : features.hash(),
                instance,
                taken.at());
    }

    /** Forgets what was noted. */
    void clear() {
        untold.clear();
    }
}
