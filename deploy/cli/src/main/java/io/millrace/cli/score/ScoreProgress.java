package io.millrace.cli.score;

/** Told how far a run is. */
@FunctionalInterface
public interface ScoreProgress {
    void update(long rowsSent, long rowsDone);
}
