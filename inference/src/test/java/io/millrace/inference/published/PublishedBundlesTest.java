package io.millrace.inference.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobDelta;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.registry.VersionDraft;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedBundlesTest {
    private static final Bundle FIRST = DeltaLog.bundle(null, 0, 0, 0);
    private static final Bundle SECOND = DeltaLog.bundle(1, 0, 0, 1);
    private static final Bundle THIRD = DeltaLog.bundle(2, 0, 2, 1);

    @TempDir
    private Path folder;

    private DeltaLog log;

    @BeforeEach
    void publishTheFirstVersion() {
        log = new DeltaLog(folder);
        log.publish(new VersionDraft("network", FIRST.manifestYaml(), FIRST.blobs()));
    }

    @Test
    void aVersionThatTravelsAsADeltaComesOutWhole() {
        ModelVersion version = log.publish(log.drafts().of(SECOND, log.view()));

        BlobRef sent = model(version);
        assertThat(sent.getDeltaOf()).isEqualTo(FIRST.modelHash());
        assertThat(sent.getWholeSize()).isEqualTo(SECOND.model().length);
        assertThat(sent.getSize()).isLessThan(SECOND.model().length / 5);
        Bundle read = log.bundles().read(version, log.view());
        assertThat(read.model()).isEqualTo(SECOND.model());
        assertThat(read.manifest()).isEqualTo(SECOND.manifest());
    }

    @Test
    void theNextDeltaIsAgainstTheWholeFileToo() {
        log.publish(log.drafts().of(SECOND, log.view()));

        ModelVersion version = log.publish(log.drafts().of(THIRD, log.view()));

        assertThat(model(version).getDeltaOf()).isEqualTo(FIRST.modelHash());
        assertThat(log.bundles().read(version, log.view()).model()).isEqualTo(THIRD.model());
    }

    @Test
    void aFileThatDiffersInMuchIsSentWholeAndIsTheBaseOfTheNext() {
        Bundle other = DeltaLog.bundle(1, 9, 9, 9);
        Bundle next = DeltaLog.bundle(2, 9, 9, 3);

        ModelVersion whole = log.publish(log.drafts().of(other, log.view()));
        ModelVersion delta = log.publish(log.drafts().of(next, log.view()));

        assertThat(model(whole).getDeltaOf()).isNull();
        assertThat(model(delta).getDeltaOf()).isEqualTo(other.modelHash());
        assertThat(log.bundles().read(delta, log.view()).model()).isEqualTo(next.model());
    }

    @Test
    void aFileWhoseBaseIsLostIsSentWhole() {
        log.lose(FIRST.modelHash());

        assertThat(log.drafts().of(SECOND, log.view()).deltas()).isEmpty();
    }

    @Test
    void aDeltaWithoutItsBaseIsRefused() {
        ModelVersion version = log.publish(log.drafts().of(SECOND, log.view()));

        assertRefused(version, RegistryView.EMPTY, Problem.MISSING_BLOB, "no version of the model holds whole");
        log.lose(FIRST.modelHash());
        assertRefused(version, log.view(), Problem.MISSING_BLOB, "is missing");
    }

    @Test
    void aBaseIsFetchedOnceForVersionsThatShareIt() {
        ModelVersion second = log.publish(log.drafts().of(SECOND, log.view()));
        ModelVersion third = log.publish(log.drafts().of(THIRD, log.view()));
        PublishedBundles bundles = log.bundles();
        bundles.read(second, log.view());
        log.lose(FIRST.modelHash());

        assertThat(bundles.read(third, log.view()).model()).isEqualTo(THIRD.model());
        assertThat(bundles.read(second, log.view()).model()).isEqualTo(SECOND.model());
    }

    @Test
    void theBaseThatIsKeptIsNotTakenForAnother() {
        Bundle other = DeltaLog.bundle(1, 9, 9, 9);
        Bundle next = DeltaLog.bundle(2, 9, 9, 3);
        ModelVersion second = log.publish(log.drafts().of(SECOND, log.view()));
        log.publish(log.drafts().of(other, log.view()));
        ModelVersion fourth = log.publish(log.drafts().of(next, log.view()));
        PublishedBundles bundles = log.bundles();

        assertThat(bundles.read(second, log.view()).model()).isEqualTo(SECOND.model());
        assertThat(bundles.read(fourth, log.view()).model()).isEqualTo(next.model());
        assertThat(bundles.read(second, log.view()).model()).isEqualTo(SECOND.model());
    }

    @Test
    void aDeltaThatGivesAnotherFileIsRefused() {
        VersionDraft good = log.drafts().of(THIRD, log.view());
        ModelVersion version = log.publish(new VersionDraft(
                "network", SECOND.manifestYaml(), SECOND.blobs(), Map.of(Bundle.MODEL_BLOB, delta(good))));

        assertRefused(version, log.view(), Problem.HASH_MISMATCH, SECOND.modelHash());
    }

    @Test
    void aDeltaThatIsNoneIsRefused() {
        ModelVersion version = log.publish(new VersionDraft(
                "network",
                SECOND.manifestYaml(),
                SECOND.blobs(),
                Map.of(
                        Bundle.MODEL_BLOB,
                        new BlobDelta(FIRST.modelHash(), "difference".getBytes(StandardCharsets.UTF_8)))));

        assertRefused(version, log.view(), Problem.BROKEN_DELTA, "not an ONNX file");
    }

    @Test
    void aManifestThatWasChangedIsRefused() {
        ModelVersion version = log.publish(log.drafts().of(SECOND, log.view()));
        ModelVersion changed = new ModelVersion(
                version.getName(),
                version.getVersion(),
                version.getManifest() + "\n# changed",
                version.getManifestHash(),
                version.getBlobs(),
                version.getPublishedAt(),
                version.getPublishedBy(),
                null);

        assertRefused(changed, log.view(), Problem.HASH_MISMATCH, "manifest");
    }

    private void assertRefused(ModelVersion version, RegistryView view, Problem problem, String reason) {
        assertThatThrownBy(() -> log.bundles().read(version, view))
                .isInstanceOfSatisfying(
                        BundleException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(problem))
                .hasMessageContaining(reason);
    }

    private static BlobRef model(ModelVersion version) {
        return version.getBlobs().get(0);
    }

    private static BlobDelta delta(VersionDraft draft) {
        return Objects.requireNonNull(draft.deltas().get(Bundle.MODEL_BLOB));
    }
}
