package io.millrace.trainer.round;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.gate.Floor;
import io.millrace.trainer.gradient.ReplayJudge;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.learn.LearningException;
import org.jspecify.annotations.Nullable;

/**
 * Asks champion and candidate of the domain that the model was first made for, if the model carries a replay set of it.
 *
 * <p>Threading: stateless. Lifecycle: all native memory is freed before a method returns.
 */
final class FirstDomain {
    private FirstDomain() {}

    /**
     * @return null if the model carries none
     * @throws LearningException if the set is broken, or its values are not those that the models' trainable part reads
     */
    static @Nullable Floor floor(Bundle champion, Bundle candidate) throws LearningException {
        byte[] blob = champion.blobs().get(ReplaySet.BLOB);
        if (blob == null) {
            return null;
        }
        ReplaySet replay = ReplayFile.read(blob);
        return new Floor(
                replay.judged().length,
                replay.referenceAccuracy(),
                ReplayJudge.accuracy(champion, replay),
                ReplayJudge.accuracy(candidate, replay));
    }
}
