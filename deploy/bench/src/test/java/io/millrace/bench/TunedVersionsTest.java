package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.delta.TensorDelta;
import io.millrace.schemas.registry.BlobDelta;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.trainer.gradient.EncoderTemplate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TunedVersionsTest {
    private final Bundle bundle = new MadeUpTexts(new EncoderTemplate(4, 16, 4, 32, 60, 48, 1)).classifier("head");

    @Test
    void aTunedHeadSendsItsTwoTensorsInEitherForm() throws Exception {
        TunedVersions versions = new TunedVersions(TunedVersions.withInt8(bundle));

        VersionDraft draft = versions.draft(versions.tuned(0, 1));

        assertThat(draft.deltas().keySet()).containsExactlyInAnyOrder(Bundle.MODEL_BLOB, TunedVersions.INT8_BLOB);
        for (BlobDelta delta : draft.deltas().values()) {
            assertThat(tensors(delta)).containsExactly("head.weight", "head.bias");
        }
    }

    @Test
    void tunedLastBlocksSendTheirTensorsAndGiveTheWholeFileBack() throws Exception {
        TunedVersions versions = new TunedVersions(TunedVersions.withInt8(bundle));
        Bundle tuned = versions.tuned(2, 1);

        BlobDelta delta = Objects.requireNonNull(versions.draft(tuned).deltas().get(TunedVersions.INT8_BLOB));

        assertThat(tensors(delta))
                .contains("head.weight", "encoder.layer.3.query.weight.int8", "encoder.layer.2.inner.bias")
                .noneMatch(name -> name.startsWith("encoder.layer.1.") || name.startsWith("embeddings."));
        byte[] base = Objects.requireNonNull(versions.base().blobs().get(TunedVersions.INT8_BLOB));
        assertThat(TensorDelta.apply(base, delta.bytes()))
                .isEqualTo(tuned.blobs().get(TunedVersions.INT8_BLOB));
    }

    private static List<String> tensors(BlobDelta delta) throws Exception {
        return ModelProto.parseFrom(delta.bytes()).getGraph().getInitializerList().stream()
                .map(TensorProto::getName)
                .toList();
    }
}
