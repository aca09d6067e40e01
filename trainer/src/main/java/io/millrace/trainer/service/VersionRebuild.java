package io.millrace.trainer.service;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.config.ConfigException;
import io.millrace.inference.config.StrictYaml;
import io.millrace.inference.published.PublishedBundles;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobStore;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.trainer.CodeVersions;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.example.ExampleCollector;
import io.millrace.trainer.example.ExampleRanges;
import io.millrace.trainer.example.ExampleReader;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.example.ExamplesGoneException;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.round.Learners;
import io.millrace.trainer.round.LineageKeys;
import io.millrace.trainer.round.RoundOutcome;
import io.millrace.trainer.round.RoundProgress;
import io.millrace.trainer.round.TrainingRound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a version again from what its lineage names (parent, offsets of the example topic, settings, seed) and compares
 * every byte.
 *
 * <p>Threading: confined to one thread. Lifecycle: the store's owner closes it.
 */
public final class VersionRebuild {
    private final Map<String, Object> kafka;
    private final BlobStore blobs;

    public VersionRebuild(Map<String, Object> kafka, BlobStore blobs) {
        this.kafka = Map.copyOf(kafka);
        this.blobs = blobs;
    }

    /**
     * Trains again and compares.
     *
     * @throws NotRebuildableException if the version was not trained from the log, or the log or the parent is gone
     */
    public RebuildReport run(ModelVersion version, RegistryView view, RoundProgress progress) {
        PublishedBundles bundles = new PublishedBundles(blobs);
        Bundle published = bundles.read(version, view);
        Manifest manifest = published.manifest();
        TrainingConfig config = settings(manifest, version);
        ExampleRanges ranges = ranges(manifest, version);
        Integer parentNumber = manifest.parent();
        ModelVersion parent =
                parentNumber == null ? null : view.versionsOf(version.getName()).get(parentNumber);
        if (parent == null || parentNumber == null) {
            throw new NotRebuildableException(
                    text(version) + " was trained from version " + parentNumber + ", which the registry does not have");
        }
        Bundle champion = champion(bundles, parent, view);
        ExampleSet examples = read(config, champion.manifest(), ranges);
        Map<String, String> source = LineageKeys.source(config.pipeline(), ranges);
        try {
            RoundOutcome outcome = new TrainingRound(config, Learners.of(config, champion))
                    .run(champion, parentNumber, examples, source, progress);
            return new RebuildReport(examples.size(), differences(published, outcome));
        } catch (LearningException e) {
            throw new NotRebuildableException(text(version) + " cannot be trained again: " + e.getMessage(), e);
        }
    }

    private static Bundle champion(PublishedBundles bundles, ModelVersion parent, RegistryView view) {
        try {
            return bundles.read(parent, view);
        } catch (BundleException e) {
            throw new NotRebuildableException(text(parent) + ", the parent, cannot be read: " + e.getMessage(), e);
        }
    }

    private ExampleSet read(TrainingConfig config, Manifest champion, ExampleRanges ranges) {
        ExampleCollector collector =
                new ExampleCollector(champion, config.window().span());
        try (ExampleReader reader = new ExampleReader(kafka, config.pipeline())) {
            reader.read(ranges, collector::apply);
        } catch (ExamplesGoneException e) {
            throw new NotRebuildableException(String.valueOf(e.getMessage()), e);
        }
        return collector.examples();
    }

    private static List<String> differences(Bundle published, RoundOutcome outcome) {
        Bundle rebuilt = bundle(outcome);
        if (rebuilt == null) {
            return List.of("no version comes out: " + reason(outcome));
        }
        List<String> differences = new ArrayList<>();
        published.blobs().forEach((path, bytes) -> {
            byte[] again = rebuilt.blobs().get(path);
            if (again == null) {
                differences.add(path + " does not come out again");
            } else if (!Arrays.equals(bytes, again)) {
                differences.add(path + " differs: " + bytes.length + " bytes are published, " + again.length
                        + " come out, the first difference is at byte " + Arrays.mismatch(bytes, again));
            }
        });
        rebuilt.blobs().keySet().stream()
                .filter(path -> !published.blobs().containsKey(path))
                .forEach(path -> differences.add(path + " comes out, but is not published"));
        if (!published.manifestYaml().equals(rebuilt.manifestYaml())) {
            manifestDifferences(published.manifest(), rebuilt.manifest(), differences);
        }
        return differences;
    }

    private static void manifestDifferences(Manifest published, Manifest rebuilt, List<String> differences) {
        String code = published.lineage().getOrDefault(LineageKeys.CODE, "unknown code");
        String present = CodeVersions.ofThisBuild().ofAllLearners();
        if (!code.equals(present)) {
            differences.add("the code differs: it was made by " + code + ", this is " + present);
        }
        int before = differences.size();
        TreeSet<String> keys = new TreeSet<>(published.lineage().keySet());
        keys.addAll(rebuilt.lineage().keySet());
        keys.remove(LineageKeys.CODE);
        for (String key : keys) {
            String was = published.lineage().get(key);
            String is = rebuilt.lineage().get(key);
            if (!Objects.equals(was, is)) {
                differences.add("lineage " + key + " differs: published is '" + was + "', '" + is + "' comes out");
            }
        }
        if (published.threshold() != rebuilt.threshold()) {
            differences.add("the threshold differs: published is " + published.threshold() + ", " + rebuilt.threshold()
                    + " comes out");
        }
        if (!published.golden().equals(rebuilt.golden())) {
            differences.add("the golden samples differ");
        }
        if (differences.size() == before && code.equals(present)) {
            differences.add("the manifest's text differs, though not in lineage, threshold or golden samples");
        }
    }

    private static @Nullable Bundle bundle(RoundOutcome outcome) {
        if (outcome instanceof RoundOutcome.Accepted accepted) {
            return accepted.bundle();
        }
        return outcome instanceof RoundOutcome.Refused refused ? refused.bundle() : null;
    }

    private static String reason(RoundOutcome outcome) {
        if (outcome instanceof RoundOutcome.Refused refused) {
            return String.join("; ", refused.gate().reasons());
        }
        return outcome instanceof RoundOutcome.Postponed postponed ? postponed.reason() : "";
    }

    private static TrainingConfig settings(Manifest manifest, ModelVersion version) {
        String settings = manifest.lineage().get(LineageKeys.SETTINGS);
        if (settings == null) {
            throw new NotRebuildableException(text(version)
                    + " was not trained from a log: its lineage has no settings; a pre-trained model is made again by"
                    + " 'millrace pretrain'");
        }
        try {
            return StrictYaml.read(settings, TrainingConfig.class, "settings in the lineage of " + text(version));
        } catch (ConfigException e) {
            throw new NotRebuildableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ExampleRanges ranges(Manifest manifest, ModelVersion version) {
        String offsets = manifest.lineage().get(LineageKeys.SOURCE_OFFSETS);
        if (offsets == null) {
            throw new NotRebuildableException(
                    text(version) + " does not say which examples it was trained on: its lineage has no "
                            + LineageKeys.SOURCE_OFFSETS);
        }
        try {
            return ExampleRanges.parse(offsets);
        } catch (IllegalArgumentException e) {
            throw new NotRebuildableException(text(version) + ": " + e.getMessage(), e);
        }
    }

    private static String text(ModelVersion version) {
        return version.getName() + "@" + version.getVersion();
    }
}
