package io.millrace.stream.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteBehindBytesTest {
    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("s"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    @BeforeEach
    void open() {
        MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
    }

    @Test
    void writesAKeyThatChangedOftenOnceAndOnlyWhenFlushed() {
        WriteBehindBytes state = new WriteBehindBytes(store, 1000);
        state.put(bytes("k"), bytes("1"));
        state.put(bytes("k"), bytes("2"));

        assertThat(store.get(key("k"))).isNull();
        assertThat(state.get(bytes("k"))).isEqualTo(bytes("2"));
        state.flush();
        assertThat(store.get(key("k"))).isEqualTo(bytes("2"));
    }

    @Test
    void aDeletedKeyIsGoneBeforeAndAfterTheFlush() {
        store.put(key("k"), bytes("old"));
        WriteBehindBytes state = new WriteBehindBytes(store, 1000);
        assertThat(state.get(bytes("k"))).isEqualTo(bytes("old"));

        state.delete(bytes("k"));

        assertThat(state.get(bytes("k"))).isNull();
        state.flush();
        assertThat(store.get(key("k"))).isNull();
        assertThat(state.get(bytes("k"))).isNull();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_124})
    void answersAsAMapWouldWhateverItsCacheHolds(long seed) {
        Random random = new Random(seed);
        Map<String, String> expected = new HashMap<>();
        WriteBehindBytes state = new WriteBehindBytes(store, 2000);
        for (int step = 0; step < 20_000; step++) {
            String name = "key-" + random.nextInt(60);
            switch (random.nextInt(10)) {
                case 0 -> {
                    state.delete(bytes(name));
                    expected.remove(name);
                }
                case 1 -> state.flush();
                case 2, 3, 4 -> {
                    state.put(bytes(name), bytes("value-" + step));
                    expected.put(name, "value-" + step);
                }
                default -> assertThat(text(state.get(bytes(name)))).isEqualTo(expected.get(name));
            }
        }
        state.flush();
        for (int i = 0; i < 60; i++) {
            assertThat(text(store.get(key("key-" + i)))).isEqualTo(expected.get("key-" + i));
        }
    }

    private static Bytes key(String text) {
        return Bytes.wrap(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
