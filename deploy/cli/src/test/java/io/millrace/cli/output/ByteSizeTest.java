package io.millrace.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteSizeTest {

    @Test
    void writesThreeDigitsAndTheUnitThatSuits() {
        assertThat(ByteSize.text(0)).isEqualTo("0 bytes");
        assertThat(ByteSize.text(999)).isEqualTo("999 bytes");
        assertThat(ByteSize.text(1_000)).isEqualTo("1.0 kB");
        assertThat(ByteSize.text(14_211_234)).isEqualTo("14.2 MB");
        assertThat(ByteSize.text(99_960)).isEqualTo("100 kB");
        assertThat(ByteSize.text(133_093_490)).isEqualTo("133 MB");
        assertThat(ByteSize.text(999_600)).isEqualTo("1.0 MB");
        assertThat(ByteSize.text(4_000_000_000_000L)).isEqualTo("4000 GB");
    }
}
