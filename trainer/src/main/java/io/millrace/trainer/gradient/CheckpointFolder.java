package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.schemas.Sha256;
import io.millrace.trainer.config.TuningSettings;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.tuning.Checkpoint;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * Where long learnings keep how far they are: a file for each, named by all that decides how it ends.
 *
 * <p>Threading: immutable.
 *
 * @param folder made when it is needed
 * @param everySteps how often a state is written
 */
public record CheckpointFolder(Path folder, int everySteps) {

    Checkpoint checkpoint(Bundle champion, TuningSettings config, TrainablePart part, LearningTask task)
            throws LearningException {
        MessageDigest digest = Sha256.digest();
        champion.blobs().values().forEach(digest::update);
        digest.update((config + "|" + part + "|" + champion.manifest().text() + "|" + task.seed())
                .getBytes(StandardCharsets.UTF_8));
        for (ExampleSet examples : List.of(task.training(), task.replay(), task.validation())) {
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(0, examples.examples().size()));
            examples.examples().forEach(example -> update(digest, example));
        }
        String run = Sha256.hex(digest);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LearningException(
                    "the folder " + folder + " for checkpoints cannot be made: " + e.getMessage(), e);
        }
        return new Checkpoint(folder.resolve("tuning-" + run.substring(0, 12) + ".bin"), run, everySteps);
    }

    private static void update(MessageDigest digest, Example example) {
        digest.update(ByteBuffer.allocate(Integer.BYTES + Double.BYTES)
                .putInt(0, example.label())
                .putDouble(Integer.BYTES, example.weight()));
        String text = example.text();
        if (text != null) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
        }
        float[] features = example.features();
        if (features != null) {
            ByteBuffer bytes = ByteBuffer.allocate(features.length * Float.BYTES);
            bytes.asFloatBuffer().put(features);
            digest.update(bytes);
        }
    }
}
