package io.millrace.stream.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.stream.support.TestModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ModelSlotTest {
    private final List<Integer> closed = Collections.synchronizedList(new ArrayList<>());
    private final ModelSlot slot = new ModelSlot(model -> {
        model.close();
        closed.add(model.ref().version());
    });

    @Test
    void hasNoLeaseBeforeAModelArrives() {
        assertThat(slot.lease()).isEmpty();
    }

    @Test
    void keepsTheOldSessionOpenUntilItsLastLeaseIsReturned() {
        LoadedModel first = model(1);
        slot.replace(first);
        ModelLease batch = slot.lease().orElseThrow();

        slot.replace(model(2));

        assertThat(batch.model()).isSameAs(first);
        assertThat(first.isClosed()).isFalse();
        batch.close();
        assertThat(first.isClosed()).isTrue();
        assertThat(closed).containsExactly(1);
        slot.close();
    }

    @Test
    void theLastBatchOfAVersionHandsItOverAndDoesNotCloseIt() {
        List<LoadedModel> retired = new ArrayList<>();
        ModelSlot handingOver = new ModelSlot(retired::add);
        LoadedModel first = model(1);
        handingOver.replace(first);
        ModelLease batch = handingOver.lease().orElseThrow();
        handingOver.replace(model(2));

        batch.close();

        assertThat(retired).containsExactly(first);
        assertThat(first.isClosed()).isFalse();
        handingOver.close();
        retired.forEach(LoadedModel::close);
    }

    @Test
    void closingALeaseTwiceReturnsItOnce() {
        LoadedModel model = model(1);
        slot.replace(model);
        ModelLease lease = slot.lease().orElseThrow();

        lease.close();
        lease.close();

        assertThat(model.isClosed()).isFalse();
        slot.close();
        assertThat(model.isClosed()).isTrue();
    }

    @Test
    void neverLeasesAClosedSessionWhileVersionsSwap() throws Exception {
        long openBefore = LoadedModel.openSessions();
        slot.replace(model(1));
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<Long>> users = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            users.add(threads.submit(() -> useUntil(stop)));
        }

        for (int version = 2; version <= 51; version++) {
            slot.replace(model(version));
        }
        stop.set(true);

        for (Future<Long> user : users) {
            assertThat(user.get()).as("leases on a closed session").isZero();
        }
        threads.shutdown();
        slot.close();
        assertThat(closed).hasSize(51);
        assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
    }

    private long useUntil(AtomicBoolean stop) {
        long onClosed = 0;
        while (!stop.get()) {
            try (ModelLease lease = slot.lease().orElseThrow()) {
                if (lease.model().isClosed()) {
                    onClosed++;
                }
            }
        }
        return onClosed;
    }

    private static LoadedModel model(int version) {
        return TestModels.load(version, TestModels.AMOUNT_ONLY, 1, version);
    }
}
