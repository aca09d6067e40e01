package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountingStateBytesTest {
    private static final byte[] KEY = {1, 2};

    private final CountingStateBytes state = new CountingStateBytes();

    @Test
    void countsReadsAndBytesWrittenAndKept() {
        state.put(KEY, new byte[10]);
        state.put(KEY, new byte[5]);
        state.get(KEY);
        state.get(new byte[] {3});

        assertThat(state.lookUps()).isEqualTo(2);
        assertThat(state.bytesWritten()).isEqualTo(2 * KEY.length + 15);
        assertThat(state.bytesKept()).isEqualTo(KEY.length + 5);
    }

    @Test
    void keepsNothingOfWhatIsDeleted() {
        state.put(KEY, new byte[10]);
        state.delete(KEY);

        assertThat(state.get(KEY)).isNull();
        assertThat(state.bytesWritten()).isEqualTo(2 * KEY.length + 10);
        assertThat(state.bytesKept()).isZero();
    }
}
