package io.millrace.trainer.service;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.UnreadableRecordException;
import io.millrace.schemas.avro.OffsetRange;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of one model on one pipeline so far, by all trainers there are: from it a trainer knows where it stood.
 *
 * <p>Threading: confined to one thread.
 */
final class RunHistory {
    private static final Logger log = LoggerFactory.getLogger(RunHistory.class);
    private static final Set<TrainingState> OVER =
            Set.of(TrainingState.PUBLISHED, TrainingState.REFUSED, TrainingState.POSTPONED, TrainingState.FAILED);

    private final TrainedModel model;
    private final SingleObject<TrainingRun> codec = SingleObject.of(TrainingRun.class, SchemaStore.ofOwn());
    private final NavigableMap<String, TrainingRun> runs = new TreeMap<>();

    RunHistory(TrainedModel model) {
        this.model = model;
    }

    /** Key of a run's records. */
    static String key(TrainingRun run) {
        return run.getModel() + "/" + run.getRun();
    }

    /** Whether nothing more is to come of a run. */
    static boolean isOver(TrainingRun run) {
        return OVER.contains(run.getState());
    }

    void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            TrainingRun run = codec.decode(record.value());
            if (run.getModel().equals(model.model()) && run.getPipeline().equals(model.pipeline())) {
                put(run);
            }
        } catch (UnreadableRecordException e) {
            log.atWarn()
                    .addKeyValue("offset", record.offset())
                    .log("a training run that cannot be read is passed over: {}", e.getMessage());
        }
    }

    /** Takes in what this trainer wrote itself, before it comes back from the topic. */
    void put(TrainingRun run) {
        runs.put(run.getRun(), run);
    }

    /** The latest run that is over. */
    Optional<TrainingRun> lastOver() {
        return runs.descendingMap().values().stream().filter(RunHistory::isOver).findFirst();
    }

    /** Runs that a trainer did not end. */
    List<TrainingRun> unfinished(RunJournal journal) {
        return runs.values().stream()
                .filter(run -> !isOver(run) && journal.wrote(run))
                .toList();
    }

    /** The latest publication, if it was not seen in the stream yet. */
    Optional<TrainingRun> notYetLive() {
        return runs.descendingMap().values().stream()
                .filter(run -> run.getState() == TrainingState.PUBLISHED)
                .findFirst()
                .filter(run -> !RunJournal.isLive(run));
    }

    /** Up to where the examples of each partition were part of a run that is over. */
    Map<Integer, Long> trainedTo() {
        Map<Integer, Long> trained = new HashMap<>();
        for (TrainingRun run : runs.values()) {
            if (isOver(run)) {
                for (OffsetRange range : run.getRanges()) {
                    trained.merge(range.getPartition(), range.getTo(), Math::max);
                }
            }
        }
        return trained;
    }
}
