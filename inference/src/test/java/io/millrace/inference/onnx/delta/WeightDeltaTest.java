package io.millrace.inference.onnx.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.schemas.Sha256;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightDeltaTest {
    private static final int ROWS = 12;
    private static final int COLUMNS = 50;

    private final float[] before = gaussian(1, 0.05);
    private final float[] after = plus(before, gaussian(2, 0.002));
    private final byte[] base = model(before, 0);
    private final byte[] tuned = model(after, 1);

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void whatIsAddedIsNearWhatWasTunedTheNearerTheMoreBitsThereAre(int bits)
            throws BrokenDeltaException, InvalidProtocolBufferException {
        byte[] assembled =
                WeightDelta.apply(WeightDelta.withMatricesOf(base, tuned), WeightDelta.between(base, tuned, bits));

        double miss = distance(matrix(assembled), after) / distance(before, after);
        assertThat(miss).isLessThan(2.2 / (1 << bits));
    }

    @Test
    void allButMatricesIsTheTunedModels() throws BrokenDeltaException, InvalidProtocolBufferException {
        byte[] assembled =
                WeightDelta.apply(WeightDelta.withMatricesOf(base, tuned), WeightDelta.between(base, tuned, 6));

        assertThat(ModelProto.parseFrom(assembled).getGraph().getInitializer(1))
                .isEqualTo(ModelProto.parseFrom(tuned).getGraph().getInitializer(1));
        assertThat(matrix(WeightDelta.withMatricesOf(base, tuned))).isEqualTo(before);
    }

    @Test
    void comesOutTheSameOnEveryMachine() throws BrokenDeltaException {
        byte[] delta = WeightDelta.between(base, tuned, 5);

        assertThat(Sha256.hex(WeightDelta.apply(WeightDelta.withMatricesOf(base, tuned), delta)))
                .isEqualTo("c8d55f29739ef27e74a07077f32c9e4d1bf31703173caebec1e9f41183f472b0");
    }

    @Test
    void aMatrixThatDidNotMoveTakesNoBytes() throws BrokenDeltaException {
        byte[] delta = WeightDelta.between(base, model(before, 1), 6);

        assertThat(delta).hasSizeLessThan(16);
        assertThat(WeightDelta.apply(base, delta)).isEqualTo(base);
    }

    @Test
    void aDamagedDeltaIsRefused() {
        byte[] delta = WeightDelta.between(base, tuned, 6);
        byte[] longer = Arrays.copyOf(delta, delta.length + 1);
        byte[] bits = delta.clone();
        bits[Integer.BYTES] = 9;

        assertBroken(base, Arrays.copyOf(delta, delta.length - 1), "is cut off");
        assertBroken(base, Arrays.copyOf(delta, 7), "is cut off");
        assertBroken(base, longer, "goes on behind its last matrix");
        assertBroken(base, bits, "codes are of 9 bits");
        assertBroken(base, new byte[100], "not coded differences");
        assertBroken(new GraphBuilder("none").toModel().toByteArray(), delta, "'weight', which the model lacks");
        assertBroken(
                new GraphBuilder("other")
                        .weights("weight", new float[4], 2, 2)
                        .toModel()
                        .toByteArray(),
                delta,
                "a matrix of 12 by 50");
    }

    @Test
    void aNumberOfBitsThatCannotBeIsRefused() {
        assertThatThrownBy(() -> WeightDelta.between(base, tuned, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bits must be from 2 to 8, were 1");
    }

    private static void assertBroken(byte[] model, byte[] delta, String why) {
        assertThatThrownBy(() -> WeightDelta.apply(model, delta))
                .isInstanceOf(BrokenDeltaException.class)
                .hasMessageContaining(why);
    }

    private static byte[] model(float[] matrix, float bias) {
        float[] biases = new float[COLUMNS];
        Arrays.fill(biases, bias);
        return new GraphBuilder("dense")
                .weights("weight", matrix, ROWS, COLUMNS)
                .weights("bias", biases, COLUMNS)
                .toModel()
                .toByteArray();
    }

    private static float[] matrix(byte[] model) throws InvalidProtocolBufferException {
        float[] numbers = new float[ROWS * COLUMNS];
        ModelProto.parseFrom(model)
                .getGraph()
                .getInitializer(0)
                .getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(numbers);
        return numbers;
    }

    private static float[] gaussian(long seed, double deviation) {
        Random random = new Random(seed);
        float[] numbers = new float[ROWS * COLUMNS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (random.nextGaussian() * deviation);
        }
        return numbers;
    }

    private static float[] plus(float[] left, float[] right) {
        float[] sum = new float[left.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = left[i] + right[i];
        }
        return sum;
    }

    private static double distance(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) (left[i] - right[i]) * (left[i] - right[i]);
        }
        return Math.sqrt(sum);
    }
}
