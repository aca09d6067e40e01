package io.millrace.stream.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.codec.Event;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.config.BatchConfig;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.event.Envelope;
import io.millrace.stream.event.FeedItem;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.feed.NormalisedText;
import io.millrace.stream.runtime.PipelineMeters;
import io.millrace.stream.support.ScoringSettings;
import io.millrace.stream.support.TextModels;
import io.millrace.stream.swap.ModelLease;
import io.millrace.stream.swap.ModelSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole batch of texts: grouped, asked about, and sent on in the order in which they came. */
class TextScorerTest {
    private static final int MAX_TOKENS = 64;
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final ModelSlot slot = new ModelSlot(LoadedModel::close);
    private final PipelineMeters meters = new PipelineMeters(new SimpleMeterRegistry(), "mood");
    private final MockProcessorContext<byte[], Flow> out = new MockProcessorContext<>();
    private final SingleObject<Score> codec = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final AnswerCache answers = new AnswerCache(100);
    private final TextScorer scorer = scorer(1_000, 256);
    private int offset;

    TextScorerTest() {
        slot.replace(TextModels.load(1, 1, MAX_TOKENS));
    }

    @AfterEach
    void close() {
        slot.close();
    }

    @Test
    void textsOfAllLengthsLeaveInTheOrderInWhichTheyCame() {
        SplittableRandom random = new SplittableRandom(7);
        List<Integer> goods = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int good = random.nextInt(4);
            int length = (int) Math.min(55, 3 / Math.pow(1 - random.nextDouble(), 0.8));
            add(i + "", "t" + i + " " + "film ".repeat(length) + "good ".repeat(good));
            goods.add(good);
        }
        drain();

        List<Score> scores = scores();
        assertThat(scores)
                .extracting(Score::getEventId)
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(Integer::toString).toList());
        for (int i = 0; i < scores.size(); i++) {
            assertThat(scores.get(i).getScore())
                    .as("text %d", i)
                    .isCloseTo(TextModels.positive(1, goods.get(i)), within(1e-5));
        }
        double padding =
                1 - (double) meters.texts().tokenCount() / meters.texts().paddedTokenCount();
        assertThat(padding).as("share of padding").isBetween(0.0, 0.10);
    }

    @Test
    void equalTextsAreAskedAboutOnceInABatchAndInLaterOnes() {
        IntStream.range(0, 10).forEach(i -> add(i + "", i % 2 == 0 ? "good film" : "bad"));
        drain();
        long tokens = meters.texts().tokenCount();
        IntStream.range(10, 20).forEach(i -> add(i + "", i % 2 == 0 ? "good film" : "bad"));
        drain();

        assertThat(tokens).as("two texts with their marks").isEqualTo(4 + 3);
        assertThat(meters.texts().tokenCount()).isEqualTo(tokens);
        assertThat(meters.texts().repeatedCount()).isEqualTo(18);
        List<Score> scores = scores();
        assertThat(scores).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(scores.get(i).getScore()).isCloseTo(TextModels.positive(1, i % 2 == 0 ? 1 : -1), within(1e-6));
        }
    }

    @Test
    void aTextThatTheBatchBeforeAsksAboutJustNowIsNotAskedAgain() {
        TextScorer next = scorer(1_000, 256);
        add("a", "good film");
        next.add(row("b", "good film"));
        drain();
        try (ModelLease lease = slot.lease().orElseThrow()) {
            next.prepare(lease.model());
            next.run(lease.model());
            next.emit(lease.model(), out);
        }

        assertThat(meters.texts().tokenCount()).isEqualTo(4);
        assertThat(meters.texts().repeatedCount()).isEqualTo(1);
        assertThat(scores()).extracting(Score::getEventId).containsExactly("a", "b");
    }

    @Test
    void aTextThatCannotBeReadIsNoRepeatedOne() {
        add("a", "\u0001\u0007");
        add("b", "\u0001\u0007");
        add("c", "good");
        add("d", "good");
        drain();

        assertThat(scores()).extracting(Score::getEventId).containsExactly("c", "d");
        assertThat(meters.deadCount()).isEqualTo(2);
        assertThat(meters.texts().repeatedCount()).isEqualTo(1);
    }

    @Test
    void aBatchThatASwapOvertakesIsReadAndScoredByTheNewVersionAlone() {
        add("a", "good");
        drain();
        add("b", "good");
        add("c", "good film " + "film ".repeat(20));
        slot.replace(TextModels.load(2, 2, 16));
        add("d", "bad");
        drain();

        List<Score> scores = scores();
        assertThat(scores).extracting(Score::getVersion).containsExactly(1, 2, 2, 2);
        assertThat(scores.get(1).getScore()).isCloseTo(TextModels.positive(2, 1), within(1e-6));
        assertThat(scores.get(2).getTruncated())
                .as("by the new version's length")
                .isTrue();
    }

    @Test
    void aTextThatCannotBeRunTakesNoOtherWithIt() {
        IntStream.range(0, 9).forEach(i -> add(i + "", i == 4 ? "broken film" : "film number" + i));
        drain();

        assertThat(scores()).extracting(Score::getEventId).containsExactly("0", "1", "2", "3", "5", "6", "7", "8");
        assertThat(meters.deadCount()).isEqualTo(1);
    }

    @Test
    void closesByRowsByTokensAndByCharacters() {
        TextScorer few = scorer(2, 256);
        few.add(row("1", "good"));
        assertThat(few.isFull()).isFalse();
        few.add(row("2", "good"));
        assertThat(few.isFull()).as("two rows").isTrue();

        TextScorer tight = scorer(1_000, 16);
        IntStream.range(0, 31).forEach(i -> tight.add(row(i + "", "a" + i + " film ".repeat(13))));
        assertThat(tight.isFull()).as("31 times 16 tokens").isFalse();
        tight.add(row("31", "the last " + " film".repeat(12)));
        assertThat(tight.isFull()).as("32 times 16 tokens").isTrue();

        scorer.add(row("1", "x".repeat(1 << 20)));
        assertThat(scorer.isFull()).as("a megabyte").isTrue();
        scorer.clear();
        assertThat(scorer.isEmpty()).isTrue();
    }

    @Test
    void tellsTheFeedOfEachTextThatHasASubject() {
        add("1", "Good film", "ACME");
        add("2", "Bad", null);
        add("3", "Bad", " ");
        drain();

        List<FeedItem> items = forwarded(FeedItem.class);
        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.id()).isEqualTo("1");
            assertThat(item.subject()).isEqualTo("ACME");
            assertThat(item.timeMillis()).isEqualTo(NOW.toEpochMilli());
            assertThat(item.textHash()).isEqualTo(NormalisedText.hash("Good film"));
            assertThat(item.signedScore()).isCloseTo(2 * TextModels.positive(1, 1) - 1, within(1e-6));
            assertThat(item.label()).isEqualTo(1);
            assertThat(item.version()).isEqualTo(1);
        });
        assertThat(meters.feed().withoutSubjectCount()).isEqualTo(2);
        assertThat(scores().get(0).getSubject()).isEqualTo("ACME");
    }

    private TextScorer scorer(int rows, int tokens) {
        PipelineConfig pipeline = PipelineConfig.of(
                "mood",
                InputConfig.of("texts", null, "id", "time", null, null, null, null, "text", null),
                null,
                1,
                new BatchConfig(rows, Duration.ofMillis(5), tokens, 100),
                null,
                null,
                null,
                null,
                null,
                FeedConfig.of("ticker"),
                null);
        return new TextScorer(
                ScoringSettings.of(pipeline, List.of(), NOW, () -> 0L, meters, Runnable::run), slot, answers);
    }

    private void add(String id, String text) {
        add(id, text, null);
    }

    private void add(String id, String text, @Nullable String subject) {
        scorer.add(row(id, text, subject));
    }

    private PendingRow row(String id, String text) {
        return row(id, text, null);
    }

    private PendingRow row(String id, String text, @Nullable String subject) {
        Event event = new Event(id, NOW.toEpochMilli(), new String[0], new double[0], text, null, subject);
        Envelope envelope = new Envelope(event, new double[0], new byte[] {1}, 0, offset);
        return new PendingRow(new Record<>(new byte[] {1}, envelope, 0), envelope, 0, offset++);
    }

    private void drain() {
        try (ModelLease lease = slot.lease().orElseThrow()) {
            scorer.prepare(lease.model());
            scorer.run(lease.model());
            scorer.emit(lease.model(), out);
        }
        scorer.clear();
    }

    private List<Score> scores() {
        return forwarded(Outgoing.class).stream()
                .filter(outgoing -> outgoing.topic().equals(TopicCatalogue.scores("mood")))
                .map(outgoing -> codec.decode(Objects.requireNonNull(outgoing.value())))
                .toList();
    }

    private <T extends Flow> List<T> forwarded(Class<T> type) {
        return out.forwarded().stream()
                .map(captured -> captured.record().value())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
