package io.millrace.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryTest {

    @Test
    void tellsFirstScoresFromFurtherOnes() {
        Delivery delivery = new Delivery();

        assertThat(delivery.arrived(7)).isTrue();
        assertThat(delivery.arrived(3)).isTrue();
        assertThat(delivery.arrived(7)).isFalse();

        assertThat(delivery.once()).isEqualTo(2);
        assertThat(delivery.again()).isEqualTo(1);
    }
}
