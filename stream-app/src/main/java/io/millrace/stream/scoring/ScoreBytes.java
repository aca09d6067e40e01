package io.millrace.stream.scoring;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.config.PipelineConfig;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes scores in the pipeline's format.
 *
 * <p>Threading: confined to its task.
 */
final class ScoreBytes {
    private final SingleObject<Score> scores = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final @Nullable ScoreJson json;

    /** @param features their names in the order of a score's values */
    ScoreBytes(PipelineConfig pipeline, List<String> features) {
        this.json = switch (pipeline.scoreFormat()) {
            case AVRO -> null;
            case JSON -> new ScoreJson(features);
        };
    }

    byte[] of(Score score) {
        return json == null ? scores.encode(score) : json.line(score).getBytes(StandardCharsets.UTF_8);
    }

    /** A view of an array, since Avro asks for a list. */
    static List<Double> list(double[] values) {
        return new DoubleList(values);
    }

    private static final class DoubleList extends AbstractList<Double> {
        private final double[] values;

        DoubleList(double[] values) {
            this.values = values;
        }

        @Override
        public Double get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
