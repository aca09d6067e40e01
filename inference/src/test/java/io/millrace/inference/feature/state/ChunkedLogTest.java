package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedLogTest {
    private static final int WIDTH = 2 * Long.BYTES;
    private static final int SERIES = 9;

    private final HashStateBytes store = new HashStateBytes();
    private final List<long[]> expected = new ArrayList<>();

    @ParameterizedTest(name = "{0} entries a chunk")
    @ValueSource(ints = {1, 2, 5, 16})
    void holdsWhatASortedListWould(int chunkEntries) {
        SplittableRandom random = new SplittableRandom(chunkEntries);
        ChunkedLog log = empty(chunkEntries);
        long firstNumber = 0;
        for (long step = 0; step < 3_000; step++) {
            int choice = random.nextInt(12);
            if (choice < 6) {
                long timeMillis = step / 3 - (random.nextInt(4) == 0 ? random.nextInt(30) : 0);
                long number = log.firstAfter(timeMillis, log.start() + random.nextInt(40));
                int place =
                        (int) expected.stream().filter(e -> e[0] <= timeMillis).count();
                assertThat(number - log.start()).isEqualTo(place);
                log.insert(number, entry(timeMillis, step));
                expected.add(place, new long[] {timeMillis, step});
            } else if (choice < 8 && !expected.isEmpty()) {
                log.removeFirst();
                expected.remove(0);
                firstNumber++;
            } else if (choice < 9 && !expected.isEmpty()) {
                log.removeLast();
                expected.remove(expected.size() - 1);
            } else if (choice < 10 && !expected.isEmpty()) {
                int place = random.nextInt(expected.size());
                log.setLong(log.start() + place, Long.BYTES, -step);
                expected.get(place)[1] = -step;
            } else {
                log = readBack(log, chunkEntries);
            }
            assertThat(log.start()).isEqualTo(firstNumber);
            assertThat(log.end() - log.start()).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i += 1 + random.nextInt(7)) {
                assertThat(log.time(log.start() + i)).isEqualTo(expected.get(i)[0]);
                assertThat(log.getLong(log.start() + i, Long.BYTES)).isEqualTo(expected.get(i)[1]);
            }
        }
        while (!log.isEmpty()) {
            log.removeFirst();
        }
        assertThat(store.size()).as("chunks that nothing refers to").isZero();
    }

    private ChunkedLog empty(int chunkEntries) {
        KeyedChunks chunks = new KeyedChunks(store);
        chunks.select("key");
        return new ChunkedLog(chunks, SERIES, WIDTH, chunkEntries);
    }

    private ChunkedLog readBack(ChunkedLog log, int chunkEntries) {
        StateWriter writer = new StateWriter();
        log.writeTo(writer);
        StateReader reader = new StateReader();
        reader.reset(writer.toBytes());
        ChunkedLog again = empty(chunkEntries);
        again.readFrom(reader);
        return again;
    }

    private static byte[] entry(long timeMillis, long value) {
        byte[] entry = new byte[WIDTH];
        Binary.putLong(entry, 0, timeMillis);
        Binary.putLong(entry, Long.BYTES, value);
        return entry;
    }
}
