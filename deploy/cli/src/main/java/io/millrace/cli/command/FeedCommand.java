package io.millrace.cli.command;

import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.config.ConnectionOptions;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.feed.FeedQuery;
import io.millrace.cli.feed.FeedTopic;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.config.Durations;
import io.millrace.schemas.avro.FeedPoint;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.feed.FeedJson;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The points of a feed, read from its topic. */
@Command(
        name = "feed",
        description = {
            "Prints the feed of a pipeline: what the texts about each subject say, by window of their time.",
            "A point that is corrected later is printed as it stands; with --follow, each correction is printed too."
        },
        footer = {
            "  millrace feed sentiment --subject ACME --window 1h --since 24h",
            "  millrace feed sentiment --json --follow"
        })
final class FeedCommand implements Runnable {
    private static final int DECIMALS = 3;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "PIPELINE", description = "A pipeline of the configuration that has a feed.")
    private String pipeline;

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only this subject; may be given again.")
    private Set<String> subjects = Set.of();

    @Option(names = "--window", paramLabel = "LENGTH", description = "Only windows of this length, such as 1h.")
    private @Nullable String window;

    @Option(names = "--model-version", paramLabel = "N", description = "Only the scores of this version of the model.")
    private @Nullable Integer version;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only windows that end after this: 2026-01-31, 2026-01-31T12:00:00Z, or 24h for the last day.")
    private @Nullable String since;

    @Option(names = "--follow", description = "Go on with what is written from now on, until interrupted.")
    private boolean follow;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        MillraceConfig config = connection.config();
        if (config.pipeline(pipeline).feed() == null) {
            throw new WrongUseException("pipeline '" + pipeline + "' has no feed: give it one in the configuration, as"
                    + " in 'feed: {subject: FIELD}'");
        }
        FeedQuery query = new FeedQuery(
                subjects, window == null ? null : Durations.parse(window), version, since(since, Clock.systemUTC()));
        try (BrokerConnection broker = connection.connect(config);
                FeedTopic topic = new FeedTopic(broker.client(), TopicCatalogue.feed(pipeline), query)) {
            print(topic);
        }
    }

    private void print(FeedTopic topic) {
        PrintWriter out = spec.commandLine().getOut();
        List<FeedPoint> points = topic.points();
        FeedJson lines = new FeedJson();
        if (json.json()) {
            points.forEach(point -> out.println(lines.line(point)));
            out.flush();
        } else {
            table(points).print(out, false, "no points yet: send texts that name a subject, or ask for less");
        }
        if (follow) {
            topic.follow(
                    point -> out.println(json.json() ? lines.line(point) : sentence(point)), () -> !out.checkError());
        }
    }

    private static Listing table(List<FeedPoint> points) {
        Listing listing = Listing.of(
                "subject",
                "window",
                "from",
                "version",
                "mean",
                "decayed_mean",
                "volume",
                "distinct",
                "positive",
                "negative",
                "disagreement",
                "revision");
        for (FeedPoint point : points) {
            listing.add(
                    point.getSubject(),
                    Durations.format(FeedJson.window(point)),
                    point.getWindowStart(),
                    point.getVersion(),
                    rounded(point.getMean()),
                    rounded(point.getDecayedMean()),
                    point.getVolume(),
                    point.getDistinct(),
                    rounded(point.getPositive()),
                    rounded(point.getNegative()),
                    rounded(point.getDisagreement()),
                    point.getRevision());
        }
        return listing;
    }

    private static String sentence(FeedPoint point) {
        return "%s  %s from %s, version %d: mean %s, decayed %s, %d texts (%d distinct), positive %s, negative %s, disagreement %s, revision %d"
                .formatted(
                        point.getSubject(),
                        Durations.format(FeedJson.window(point)),
                        point.getWindowStart(),
                        point.getVersion(),
                        rounded(point.getMean()),
                        rounded(point.getDecayedMean()),
                        point.getVolume(),
                        point.getDistinct(),
                        rounded(point.getPositive()),
                        rounded(point.getNegative()),
                        rounded(point.getDisagreement()),
                        point.getRevision());
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    /** A day, a time, or a duration before now; the beginning of all when absent. */
    static Instant since(@Nullable String text, Clock clock) {
        if (text == null) {
            return Instant.MIN;
        }
        try {
            return text.contains("T") && text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            return clock.instant().minus(ago(text));
        }
    }

    private static Duration ago(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException("--since must be a day such as 2026-01-31, a time such as 2026-01-31T12:00:00Z,"
                    + " or how long ago, such as 24h; was '" + text + "'");
        }
    }
}
