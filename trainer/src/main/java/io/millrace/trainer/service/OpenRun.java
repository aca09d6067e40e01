package io.millrace.trainer.service;

import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.trainer.round.RoundProgress;

/**
 * A run while its round is under way: notes each step of the round, and hands it on.
 *
 * <p>Threading: confined to one thread.
 */
final class OpenRun implements RoundProgress {
    private final RunJournal journal;
    private final RoundProgress next;
    private TrainingRun run;

    OpenRun(RunJournal journal, TrainingRun run, RoundProgress next) {
        this.journal = journal;
        this.run = run;
        this.next = next;
    }

    /** The run as it was last noted. */
    TrainingRun run() {
        return run;
    }

    @Override
    public void at(Stage stage, String step, long done, long total) {
        run = journal.step(run, state(stage), step, done, total);
        next.at(stage, step, done, total);
    }

    private static TrainingState state(Stage stage) {
        return switch (stage) {
            case LEARNING -> TrainingState.LEARNING;
            case JUDGING -> TrainingState.JUDGING;
        };
    }
}
