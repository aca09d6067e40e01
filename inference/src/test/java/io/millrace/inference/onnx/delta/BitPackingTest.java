package io.millrace.inference.onnx.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitPackingTest {

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void everyNumberComesBackWhereverItLies(int bits) throws EOFException {
        int most = 1 << (bits - 1);
        byte[] numbers = new byte[5 * most];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (byte) (i % (2 * most) - most);
        }

        byte[] packed = BitPacking.pack(numbers, bits);

        assertThat(packed).hasSize((numbers.length * bits + 7) / 8);
        assertThat(BitPacking.unpack(packed, numbers.length, bits)).isEqualTo(numbers);
    }

    @Test
    void theLowestBitsComeFirst() {
        assertThat(BitPacking.pack(new byte[] {1, -1, 2}, 3)).containsExactly(0b10_111_001, 0);
    }

    @Test
    void tooFewBytesAreRefused() {
        assertThatThrownBy(() -> BitPacking.unpack(new byte[1], 3, 3)).isInstanceOf(EOFException.class);
    }
}
