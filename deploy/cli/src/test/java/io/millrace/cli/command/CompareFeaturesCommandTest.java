package io.millrace.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.support.CommandRun;
import io.millrace.cli.support.RepositoryRoot;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.inference.feature.state.EntityLabel;
import io.millrace.inference.feature.state.OfflineFeatures;
import io.millrace.schemas.codec.Event;
import io.millrace.trainer.data.EventColumns;
import io.millrace.trainer.data.EventFile;
import io.millrace.trainer.data.LabelledEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareFeaturesCommandTest {
    private static final Duration LABEL_DELAY = Duration.ofDays(7);
    /** The oldest event that a window of a golden row can see is 37 days before 2018-07-25. */
    private static final Instant FIRST = Instant.parse("2018-06-17T00:00:00Z");
    /** Only the golden file's first day, so that the test is quick. */
    private static final Instant END = Instant.parse("2018-07-26T00:00:00Z");

    private static final String FIRST_DAY_OF_GOLDEN = "115";
    private static final int GOLDEN_ROWS = 9_541;

    @TempDir
    Path folder;

    @Test
    void findsTheHandbooksOwnFeaturesInScoresOfItsTransactions() throws IOException {
        Path golden = folder.resolve("golden.csv.gz");
        Path scores = folder.resolve("scores.jsonl");
        cutGolden(data("handbook_features_golden_2018-07-25_2018-08-14.csv.gz"), golden);
        writeScores(data("handbook_transactions_raw.csv.gz"), scores);

        CommandRun run = CommandRun.of(
                "compare-features", "--scores", scores.toString(), "--golden", golden.toString(), "--json");

        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(report.get("golden").asInt()).isEqualTo(GOLDEN_ROWS);
        assertThat(report.get("found").asInt()).isEqualTo(GOLDEN_ROWS);
        assertThat(report.get("missing").asInt()).isZero();
        assertThat(report.get("different").asInt()).isEqualTo(report.get("ties").asInt());
        assertThat(report.get("columns")).hasSize(15);
        assertThat(report.get("columns").get(0).get("worst_relative_difference").asDouble())
                .isZero();
        assertThat(report.get("agreed").asBoolean()).isTrue();
    }

    @Test
    void printsATableAndAVerdictForPeople() throws IOException {
        Path golden =
                Files.writeString(folder.resolve("golden.csv"), "TRANSACTION_ID,CUSTOMER_ID,COUNT\n1,c,2\n2,c,1\n");
        Path scores = Files.writeString(
                folder.resolve("scores.jsonl"),
                "{\"id\":\"1\",\"time\":\"2018-08-08T00:00:01Z\",\"features\":{\"COUNT\":3}}\n");

        CommandRun run =
                CommandRun.of("compare-features", "--scores", scores.toString(), "--golden", golden.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("GOLDEN ROWS", "COUNT", "row 1: COUNT is 2.0 in the golden file, 3.0 in the scores")
                .contains("WRONG: golden rows are missing in the scores");
        assertThat(run.err()).contains("1 scores");
    }

    @Test
    void saysWhichFileIsNotThere() throws IOException {
        Path scores = Files.writeString(folder.resolve("scores.jsonl"), "");

        CommandRun run = CommandRun.of("compare-features", "--scores", scores.toString(), "--golden", "nowhere.csv");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("there is no file nowhere.csv");
    }

    private static Path data(String name) {
        Path file = RepositoryRoot.find().resolve("../shared/data").resolve(name);
        Assumptions.assumeTrue(Files.isReadable(file), name + " is not in ../shared/data beside the repository");
        return file;
    }

    private static void cutGolden(Path from, Path to) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(from)), StandardCharsets.UTF_8));
                Writer out = new PrintWriter(
                        new GZIPOutputStream(Files.newOutputStream(to)), false, StandardCharsets.UTF_8)) {
            out.write(in.readLine() + "\n");
            for (String line = in.readLine();
                    line != null && line.split(",", -1)[1].equals(FIRST_DAY_OF_GOLDEN);
                    line = in.readLine()) {
                out.write(line + "\n");
            }
        }
    }

    private static void writeScores(Path transactions, Path scores) throws IOException {
        FeatureSet set = FeatureSets.named(FeatureSets.HANDBOOK);
        OfflineFeatures engine = new OfflineFeatures(set);
        Queue<LabelledEvent> unlabelled = new ArrayDeque<>();
        try (EventFile events = EventFile.open(transactions, EventColumns.HANDBOOK, set.shape());
                Writer out = Files.newBufferedWriter(scores)) {
            while (events.hasNext()) {
                LabelledEvent next = events.next();
                Event event = next.event();
                if (event.timeMillis() >= END.toEpochMilli()) {
                    break;
                }
                if (event.timeMillis() < FIRST.toEpochMilli()) {
                    continue;
                }
                LabelledEvent oldest = unlabelled.peek();
                while (oldest != null && labelledAt(oldest) <= event.timeMillis()) {
                    engine.label(oldest.event(), label(unlabelled.remove()));
                    oldest = unlabelled.peek();
                }
                out.write(line(set, event, engine.event(event)));
                unlabelled.add(next);
            }
        }
    }

    private static long labelledAt(LabelledEvent labelled) {
        return labelled.event().timeMillis() + LABEL_DELAY.toMillis();
    }

    private static EntityLabel label(LabelledEvent labelled) {
        Event event = labelled.event();
        return new EntityLabel(event.id(), event.timeMillis(), labelledAt(labelled), labelled.positive(), false);
    }

    /** A line as 'score --emit-features' prints it. */
    private static String line(FeatureSet set, Event event, double[] features) {
        StringBuilder line = new StringBuilder("{\"id\":\"")
                .append(event.id())
                .append("\",\"time\":\"")
                .append(Instant.ofEpochMilli(event.timeMillis()))
                .append(
                        "\",\"model\":\"fraud\",\"version\":1,\"score\":0.5,\"decision\":\"LEGITIMATE\",\"features\":{");
        for (int i = 0; i < features.length; i++) {
            line.append(i == 0 ? "\"" : ",\"")
                    .append(set.features().get(i).name())
                    .append("\":")
                    .append(features[i]);
        }
        return line.append("}}\n").toString();
    }
}
