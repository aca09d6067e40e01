package io.millrace.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    @Test
    void sendsEachEventOnceAndInOrderAlsoThoseThatAreLate() throws Exception {
        List<Long> sent = new ArrayList<>();
        long aSecondAgo = System.nanoTime() - 1_000_000_000L;

        OpenLoop loop = new OpenLoop(new SendSchedule(aSecondAgo, 100), 120, sent::add).start();
        loop.await();

        assertThat(sent)
                .containsExactlyElementsOf(LongStream.range(0, 120).boxed().toList());
        assertThat(loop.sent()).isEqualTo(120);
        assertThat(loop.worstLateNanos()).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @Test
    void saysWhatWentWrongWhileSending() throws Exception {
        OpenLoop loop = new OpenLoop(new SendSchedule(System.nanoTime(), 1_000), 10, event -> {
                    throw new IllegalStateException("the broker is away");
                })
                .start();

        assertThatThrownBy(loop::await).hasMessageContaining("the broker is away");
    }
}
