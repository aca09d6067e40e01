package io.millrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobAssemblyTest {

    private static final byte[] BLOB = "abcdef".getBytes(StandardCharsets.UTF_8);
    private static final String SHA = Sha256.hex(BLOB);
    private static final BlobRef REF = new BlobRef("model.onnx", SHA, 6L, 3, 0L, null, null);

    private final BlobAssembly assembly = new BlobAssembly(REF);

    @Test
    void joinsItsChunksAndPassesOverOthers() {
        assertThat(offer(SHA + "/0", "ab")).isNull();
        assertThat(offer(SHA.replace(SHA.charAt(0), '_') + "/1", "xx")).isNull();
        assertThat(offer(SHA + "/", "xx")).isNull();
        assertThat(offer(SHA + "/x", "xx")).isNull();
        assertThat(offer(SHA + "/3", "xx")).isNull();
        assertThat(offer(SHA + "/-1", "xx")).isNull();
        assertThat(offer("", "xx")).isNull();
        assertThat(assembly.offer(SHA + "/1", null)).isNull();
        assertThat(offer(SHA + "/1", "cd")).isNull();

        assertThat(offer(SHA + "/2", "ef")).isEqualTo(BLOB);
    }

    @Test
    void completesACopyThatWasCutOffWithALaterOne() {
        offer(SHA + "/0", "ab");
        offer(SHA + "/0", "ab");
        offer(SHA + "/1", "cd");

        assertThat(offer(SHA + "/2", "ef")).isEqualTo(BLOB);
    }

    @Test
    void takesASoundCopyAfterADamagedOne() {
        offer(SHA + "/0", "aX");
        offer(SHA + "/1", "cd");
        assertThat(offer(SHA + "/2", "ef")).isNull();
        assertThat(assembly.isDamaged()).isTrue();

        offer(SHA + "/0", "ab");
        offer(SHA + "/1", "cd");
        assertThat(offer(SHA + "/2", "ef")).isEqualTo(BLOB);
    }

    @Test
    void saysWhetherItIsMissingCutOffOrDamaged() {
        assertThat(assembly.failure()).hasMessageContaining("missing").hasMessageContaining("model.onnx");

        offer(SHA + "/0", "ab");
        assertThat(assembly.failure()).hasMessageContaining("1 of its 3 chunks");

        offer(SHA + "/1", "cX");
        offer(SHA + "/2", "ef");
        assertThat(assembly.failure()).hasMessageContaining("damaged");

        offer(SHA + "/2", "efg");
        assertThat(assembly.failure()).hasMessageContaining("has 7 bytes, should have 6");
    }

    @Test
    void distrustsReferences() {
        assertUnfit(new BlobRef("model.onnx", "../../secret", 6L, 3, 0L, null, null), "SHA-256");
        assertUnfit(new BlobRef("model.onnx", SHA, -1L, 3, 0L, null, null), "size of -1 bytes");
        assertUnfit(new BlobRef("model.onnx", SHA, Long.MAX_VALUE, 3, 0L, null, null), "size of");
        assertUnfit(new BlobRef("model.onnx", SHA, 6L, 7, 0L, null, null), "7 chunks");
        assertUnfit(new BlobRef("model.onnx", SHA, 6L, 0, 0L, null, null), "0 chunks");
    }

    @ParameterizedTest(name = "size {0}")
    @ValueSource(ints = {1, BlobChunks.CHUNK_BYTES - 1, BlobChunks.CHUNK_BYTES, BlobChunks.CHUNK_BYTES + 1, 1_300_000})
    void bringsBackWhatWasCut(int sizeBytes) {
        byte[] blob = new byte[sizeBytes];
        new SplittableRandom(sizeBytes).nextBytes(blob);
        String sha256 = Sha256.hex(blob);
        int chunks = BlobChunks.count(sizeBytes);
        BlobAssembly cut =
                new BlobAssembly(new BlobRef("model.onnx", sha256, (long) sizeBytes, chunks, 0L, null, null));

        byte[] joined = null;
        for (int index = 0; index < chunks; index++) {
            joined = cut.offer(BlobChunks.key(sha256, index), BlobChunks.chunk(blob, index));
        }

        assertThat(joined).isEqualTo(blob);
    }

    private byte @Nullable [] offer(String key, String value) {
        return assembly.offer(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertUnfit(BlobRef ref, String why) {
        assertThatThrownBy(() -> BlobCheck.requireSane(ref))
                .isInstanceOf(BlobUnavailableException.class)
                .hasMessageContaining(why);
    }
}
