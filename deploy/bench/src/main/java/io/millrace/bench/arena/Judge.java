package io.millrace.bench.arena;

import io.millrace.cli.output.FailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures contenders, all in the same way: looks every 20 ms how far their output is committed, tells them to stop, reads
 * what is committed and requires each event once.
 *
 * <p>Threading: confined to one thread. Lifecycle: the topics of a run are deleted after it.
 *
 * @param stalled how long nothing may be committed
 */
public record Judge(Map<String, Object> kafka, int partitions, Duration stalled) {
    private static final long LOOK_MILLIS = 20;
    private static final Duration ANSWER = Duration.ofMinutes(5);

    /** Of what the contender says of itself, and of what was measured. */
    public record Run(Verdict verdict, Map<String, Object> settings) {}

    public Judge(Map<String, Object> kafka, int partitions) {
        this(kafka, partitions, Duration.ofMinutes(3));
    }

    /**
     * Runs a contender over a topic.
     *
     * @param name of the run, in lower-case letters, digits and dashes; no other run has it
     * @param records in the topic
     * @throws FailedException if events are lost or doubled, or nothing comes
     */
    public Run run(ChildJvm contender, String name, String input, String model, int threads, long records)
            throws InterruptedException {
        String output = name + ".scores";
        TopicFiller.create(kafka, output, partitions);
        String bootstrap = String.valueOf(kafka.get("bootstrap.servers"));
        List<EndsSeen> seen = new ArrayList<>();
        try (CommittedIds ids = new CommittedIds(kafka, output, partitions)) {
            Map<String, Object> settings = Contender.settings(
                    contender.ask(RunRequest.of(bootstrap, input, output, model, threads, records), ANSWER));
            watch(ids, seen, records);
            contender.ask(Map.of("op", RunRequest.STOP), ANSWER);
            ids.readToEnd();
            requireEachOnce(name, ids, records, contender);
            RateRule.Rate rate = RateRule.of(RateRule.looks(seen, ids), records);
            return new Run(new Verdict(rate.perSecond(), rate.seconds(), rate.coarse(), ids.records()), settings);
        } finally {
            TopicFiller.deleteAllOf(kafka, name);
        }
    }

    /** Until all records are committed, or nothing has been for too long. */
    private void watch(CommittedIds ids, List<EndsSeen> seen, long records) throws InterruptedException {
        long progress = -1;
        long sinceNanos = System.nanoTime();
        while (ids.records() < records && System.nanoTime() - sinceNanos < stalled.toNanos()) {
            EndsSeen now = ids.look();
            seen.add(now);
            // Reading would cost the contender time: only the last records are read while it still works, because of
            // the
            // offsets that markers take.
            if (now.sum() >= records) {
                ids.poll();
            } else {
                Thread.sleep(LOOK_MILLIS);
            }
            if (now.sum() + ids.records() != progress) {
                progress = now.sum() + ids.records();
                sinceNanos = System.nanoTime();
            }
        }
        seen.add(ids.look());
    }

    private static void requireEachOnce(String name, CommittedIds ids, long records, ChildJvm contender) {
        long missing = ids.missing(records);
        long doubled = ids.records() - ids.distinct();
        if (missing > 0 || doubled > 0 || ids.distinct() > records) {
            throw new FailedException(name + " failed: of " + records + " events " + missing + " have no score, "
                    + doubled + " scores are there twice, " + (ids.distinct() - (records - missing))
                    + " are of events that there are not; the end of its log:\n" + contender.endOfLog());
        }
    }
}
