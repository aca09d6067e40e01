package io.millrace.bench;

import io.millrace.bench.LateLabelPlan.Outcome.State;
import io.millrace.cli.history.CommittedLog;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.LabelledExample;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the topics say in the end.
 *
 * @param states of the events, each by its last example
 * @param examples records of the example topic
 * @param orphans records of the orphan topic
 */
record LateLabelOutcomes(List<State> states, long examples, long orphans) {
    /** Reads what was committed; nobody writes any more. */
    static LateLabelOutcomes read(Map<String, Object> kafka, int events) {
        State[] states = new State[events];
        Arrays.fill(states, State.NO_EXAMPLE);
        SingleObject<LabelledExample> codec = SingleObject.of(LabelledExample.class, SchemaStore.ofOwn());
        try (CommittedLog log = new CommittedLog(kafka)) {
            long examples = log.readAll(List.of(TopicCatalogue.examples(LateLabelPipeline.NAME)), record -> {
                int event = Integer.parseInt(new String(record.key(), StandardCharsets.UTF_8));
                states[event] = state(codec.decode(record.value()));
            });
            long orphans = log.readAll(List.of(TopicCatalogue.orphans(LateLabelPipeline.NAME)), record -> {});
            return new LateLabelOutcomes(List.of(states), examples, orphans);
        }
    }

    private static State state(LabelledExample example) {
        String label = example.getLabel();
        if (label == null) {
            return State.RETRACTED;
        }
        return label.equals(LateLabelPipeline.CLASSES.get(1)) ? State.POSITIVE : State.NEGATIVE;
    }
}
