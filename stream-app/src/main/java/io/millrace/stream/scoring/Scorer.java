package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.stream.event.Flow;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The rows of one batch, and what is made of them: how they are asked of the model, and what leaves for each.
 *
 * <p>Threading: confined to its task.
 */
sealed interface Scorer permits RowScorer, TextScorer {

    /** Adds a row, after those added before. */
    void add(PendingRow row);

    /** Whether the batch must be scored before another row is added. */
    boolean isFull();

    boolean isEmpty();

    /** The row that was added first; only of a batch that is not empty. */
    PendingRow first();

    /** Scores all rows with this version and sends out what becomes of each, in the order in which they were added. */
    void score(LoadedModel model, ProcessorContext<byte[], Flow> out);

    /** Takes all rows out. */
    void clear();
}
