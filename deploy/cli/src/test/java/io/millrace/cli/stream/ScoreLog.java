package io.millrace.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.avro.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The committed scores of a run, in the order of their partitions, and what must hold of them. */
record ScoreLog(List<Score> scores, Map<Integer, TreeMap<Long, Activation>> activations) {

    static ScoreLog read(TestTopics topics) {
        var scoreCodec = StreamFixture.codec(Score.class);
        var activationCodec = StreamFixture.codec(Activation.class);
        Map<Integer, TreeMap<Long, Activation>> activations = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.readAll(StreamFixture.ACTIVATIONS)) {
            Activation activation = activationCodec.decode(record.value());
            activations
                    .computeIfAbsent(activation.getPartition(), p -> new TreeMap<>())
                    .put(activation.getFirstOffset(), activation);
        }
        List<Score> scores = topics.readAll(StreamFixture.SCORES).stream()
                .map(ConsumerRecord::value)
                .map(scoreCodec::decode)
                .toList();
        return new ScoreLog(scores, activations);
    }

    long versions() {
        return scores.stream().map(Score::getVersion).distinct().count();
    }

    void assertEachEventScoredOnce(int events) {
        assertThat(scores).as("scores, one for each event").hasSize(events);
        assertThat(scores.stream().map(Score::getEventId).distinct().count())
                .as("different events scored")
                .isEqualTo(events);
    }

    /** All events have one time, so that the count of an entity is 1, 2, 3 … without a gap or a repetition. */
    void assertFeaturesCountedEachEventOnce() {
        Map<String, List<Integer>> counts = new HashMap<>();
        for (Score score : scores) {
            counts.computeIfAbsent(StreamFixture.card(id(score)), key -> new ArrayList<>())
                    .add(feature(score, StreamFixture.CARD_COUNT));
        }
        counts.forEach((card, seen) -> assertThat(seen.stream().sorted().toList())
                .as("counts of %s", card)
                .isEqualTo(oneTo(seen.size())));
    }

    /** Input, and so scores, are keyed by the last entity: its count rises by one from each of its scores to the next. */
    void assertOrderOfEachKeyKept() {
        Map<String, List<Integer>> counts = new HashMap<>();
        for (Score score : scores) {
            counts.computeIfAbsent(StreamFixture.shop(id(score)), key -> new ArrayList<>())
                    .add(feature(score, StreamFixture.SHOP_COUNT));
        }
        counts.forEach((shop, seen) ->
                assertThat(seen).as("counts of %s in order of its scores", shop).isEqualTo(oneTo(seen.size())));
    }

    void assertVersionsMatchActivations() {
        for (Score score : scores) {
            Map.Entry<Long, Activation> active = activations
                    .getOrDefault(score.getScoringPartition(), new TreeMap<>())
                    .floorEntry(score.getScoringOffset());
            assertThat(active).as("activation before %s", score).isNotNull();
            assertThat(score.getVersion())
                    .as("version of %s", score)
                    .isEqualTo(active.getValue().getVersion());
            assertThat(score.getModelHash()).isEqualTo(active.getValue().getModelHash());
        }
    }

    private static int id(Score score) {
        return Integer.parseInt(score.getEventId());
    }

    private static int feature(Score score, int index) {
        List<Double> features = score.getFeatures();
        assertThat(features).as("features of %s", score).isNotNull();
        return features.get(index).intValue();
    }

    private static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}
