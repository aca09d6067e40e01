package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.stream.event.Flow;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The rows of one batch, and what is made of them: how they are asked of the model, and what leaves for each. First
 * {@link #prepare}, then {@link #run}, then {@link #emit}, all with the same version, then {@link #clear}.
 *
 * <p>Threading: confined to its task, but for {@link #run}: while it runs on another thread, the task lets the batch be.
 */
sealed interface Scorer permits RowScorer, TextScorer {

    /** Adds a row, after those added before. */
    void add(PendingRow row);

    /** Whether the batch must be scored before another row is added. */
    boolean isFull();

    boolean isEmpty();

    /** The row that was added first; only of a batch that is not empty. */
    PendingRow first();

    /** Brings all rows into the form that this version reads. */
    void prepare(LoadedModel model);

    /** Has the version run over the batch; a failure of rows is kept until they are sent out. The nanoseconds it took. */
    long run(LoadedModel model);

    /**
     * Sends out what becomes of each row, in the order in which they were added. Where the run failed, rows are run one by
     * one.
     */
    void emit(LoadedModel model, ProcessorContext<byte[], Flow> out);

    /** Takes all rows out. */
    void clear();
}
