package io.millrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobStoreTest {

    private static final byte[] BLOB = "weights".getBytes(StandardCharsets.UTF_8);
    private static final BlobRef REF = new BlobRef("model.onnx", Sha256.hex(BLOB), 7L, 1, -1L, null, null);

    @TempDir
    Path folder;

    @Test
    void readsWhatItWroteAndWritesItTwice() throws Exception {
        FolderBlobStore store = new FolderBlobStore(folder.resolve("blobs"));

        assertThat(store.write(BLOB)).isEqualTo(REF.getSha256());
        assertThat(store.write(BLOB)).isEqualTo(REF.getSha256());

        assertThat(store.read(REF)).isEqualTo(BLOB);
        try (var files = Files.list(folder.resolve("blobs"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void refusesAMissingACutOffAndADamagedFile() throws Exception {
        FolderBlobStore store = new FolderBlobStore(folder);

        assertThatThrownBy(() -> store.read(REF))
                .isInstanceOf(BlobUnavailableException.class)
                .hasMessageContaining("missing");
        Files.writeString(folder.resolve(REF.getSha256()), "weight");
        assertThatThrownBy(() -> store.read(REF))
                .isInstanceOf(BlobUnavailableException.class)
                .hasMessageContaining("has 6 bytes, should have 7");
        Files.writeString(folder.resolve(REF.getSha256()), "weighty");
        assertThatThrownBy(() -> store.read(REF))
                .isInstanceOf(BlobUnavailableException.class)
                .hasMessageContaining("damaged");
    }
}
