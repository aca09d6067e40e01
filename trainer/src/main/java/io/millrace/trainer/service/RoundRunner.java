package io.millrace.trainer.service;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.published.PublishedBundles;
import io.millrace.inference.published.VersionDrafts;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.schemas.registry.BlobStore;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.PublishTerms;
import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.example.ExampleRanges;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.GateReport;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.round.Learners;
import io.millrace.trainer.round.LineageKeys;
import io.millrace.trainer.round.RoundOutcome;
import io.millrace.trainer.round.RoundProgress;
import io.millrace.trainer.round.TrainingRound;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one round from examples to a published version, and writes down how it goes.
 *
 * <p>Threading: confined to one thread, one round of the process at a time, since learners use all of its processors.
 * Lifecycle: the journal and the store are owned by others.
 */
final class RoundRunner {
    private static final Logger log = LoggerFactory.getLogger(RoundRunner.class);
    private static final Object ONE_AT_A_TIME = new Object();

    private final TrainerSettings settings;
    private final TrainedModel model;
    private final RunJournal journal;
    private final BlobStore blobs;

    RoundRunner(TrainerSettings settings, TrainedModel model, RunJournal journal, BlobStore blobs) {
        this.settings = settings;
        this.model = model;
        this.journal = journal;
        this.blobs = blobs;
    }

    /** What a round goes on from and learns from. */
    record Input(
            RegistryView registry,
            ModelVersion champion,
            ExampleSet examples,
            ExampleRanges ranges,
            Map<String, Long> skipped,
            @Nullable Instant newestReceivedAt) {}

    /** Runs a round; the record of the run as it ended. What goes wrong with the round itself is in it. */
    TrainingRun run(Input input, String trigger, RoundProgress progress) {
        int champion = input.champion().getVersion();
        OpenRun run = new OpenRun(
                journal, journal.begin(model, champion, trigger, input.ranges(), input.newestReceivedAt()), progress);
        RoundOutcome outcome;
        try {
            outcome = round(input, run);
        } catch (KafkaException e) {
            throw e; // the broker is away, which says nothing of the round
        } catch (LearningException | BundleException e) {
            return journal.end(run.run(), TrainingState.FAILED, List.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            // Thrown on, it would end the trainer, or have it try the same again and again.
            log.atError().addKeyValue("model", model.model()).setCause(e).log("a round failed in an unforeseen way");
            return journal.end(run.run(), TrainingState.FAILED, List.of(e.toString()));
        }
        if (outcome instanceof RoundOutcome.Accepted) {
            run.at(RoundProgress.Stage.JUDGING, RoundProgress.PUBLISHING, 0, 1);
        }
        return end(run.run(), input, outcome);
    }

    private RoundOutcome round(Input input, OpenRun run) throws LearningException {
        synchronized (ONE_AT_A_TIME) {
            Bundle bundle = new PublishedBundles(blobs).read(input.champion(), input.registry());
            TrainingConfig config = model.config();
            return new TrainingRound(config, Learners.of(config, bundle))
                    .run(
                            bundle,
                            input.champion().getVersion(),
                            input.examples(),
                            LineageKeys.source(model.pipeline(), input.ranges()),
                            run);
        }
    }

    private TrainingRun end(TrainingRun run, Input input, RoundOutcome outcome) {
        Map<String, Long> examples = new LinkedHashMap<>(outcome.counts().byName());
        input.skipped().forEach((reason, count) -> examples.put("skipped, " + reason, count));
        TrainingRun counted = TrainingRun.newBuilder(run).setExamples(examples).build();
        if (outcome instanceof RoundOutcome.Accepted accepted) {
            return publish(compared(counted, accepted.gate()), input, accepted);
        }
        if (outcome instanceof RoundOutcome.Refused refused) {
            return journal.end(
                    compared(counted, refused.gate()),
                    TrainingState.REFUSED,
                    refused.gate().reasons());
        }
        String reason = outcome instanceof RoundOutcome.Postponed postponed ? postponed.reason() : "";
        return journal.end(counted, TrainingState.POSTPONED, List.of(reason));
    }

    private static TrainingRun compared(TrainingRun run, GateReport gate) {
        return TrainingRun.newBuilder(run).setCompared(gate.numbers()).build();
    }

    private TrainingRun publish(TrainingRun run, Input input, RoundOutcome.Accepted accepted) {
        VersionDraft draft = new VersionDrafts(blobs).of(accepted.bundle(), input.registry());
        PublishTerms terms = new PublishTerms(
                input.champion().getVersion(),
                version -> List.of(journal.beside(journal.published(run, version.getVersion()))));
        try (ModelRegistryWriter writer =
                new ModelRegistryWriter(settings.kafka(), model.model(), author(), settings.clock())) {
            ModelVersion version = writer.publish(draft, PublishAs.CHAMPION, reason(run, accepted.gate()), terms);
            TrainingRun published = journal.published(run, version.getVersion());
            RunJournal.committed(published);
            return published;
        } catch (RegistryException e) {
            Optional<ModelVersion> done = find(draft);
            if (done.isPresent()) {
                // It was committed after all, only the answer was lost.
                return journal.published(run, done.get().getVersion());
            }
            // Others decided meanwhile; these examples are still to be compared with what they chose.
            return journal.endUnlearned(run, TrainingState.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private Optional<ModelVersion> find(VersionDraft draft) {
        try (ModelRegistryReader reader = new ModelRegistryReader(settings.kafka())) {
            return reader.read().versionsOf(model.model()).values().stream()
                    // Another trainer may have made the very same version.
                    .filter(version -> version.getPublishedBy().equals(author())
                            && version.getManifest().equals(draft.manifestYaml()))
                    .findFirst();
        }
    }

    private String author() {
        return "trainer " + settings.instance();
    }

    private static String reason(TrainingRun run, GateReport gate) {
        return "training run " + run.getRun() + " after " + run.getTrigger() + ": "
                + gate.checks().stream()
                        .filter(check -> check.name().endsWith("-gain"))
                        .map(check -> check.sentence())
                        .findFirst()
                        .orElse("accepted by the gate");
    }
}
