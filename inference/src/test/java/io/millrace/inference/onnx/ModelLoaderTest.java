package io.millrace.inference.onnx;

import static io.millrace.inference.onnx.TestModels.REF;
import static io.millrace.inference.onnx.TestModels.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.inference.onnx.proto.TreeEnsemble;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelLoaderTest {
    private final ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 16);
    private final long sessionsBefore = LoadedModel.openSessions();

    @AfterEach
    void leavesNoSessionOpen() {
        assertThat(LoadedModel.openSessions()).isEqualTo(sessionsBefore);
    }

    @Test
    void loadsAModelWhoseGoldenSamplesComeOutAsWritten() throws ModelRefusedException {
        Manifest manifest = TestModels.manifest(WIDTH)
                .golden(1e-6, List.of(TestModels.sumModelSample(0.5, 1, -2), TestModels.sumModelSample(1, 1, 1)))
                .build();
        Bundle bundle = TestModels.bundle(manifest, TestModels.sumModel());

        try (LoadedModel model = loader.load(REF, bundle)) {
            assertThat(model.ref()).isEqualTo(REF);
            assertThat(model.modelHash()).isEqualTo(bundle.modelHash());
            assertThat(model.manifest()).isEqualTo(bundle.manifest());
            assertThat(model.width()).isEqualTo(WIDTH);
            assertThat(LoadedModel.openSessions()).isEqualTo(sessionsBefore + 1);
        }
    }

    @Test
    void loadsTreesWhoseGoldenSampleHasAMissingFeature() throws ModelRefusedException {
        ModelProto trees = new TreeEnsemble()
                .branch(0, 0, 2, 0f, 1, 2, false)
                .leaf(0, 1, 2f)
                .leaf(0, 2, 0f)
                .toModel(WIDTH, 0f);
        Manifest manifest = TestModels.manifest(WIDTH)
                .golden(1e-6, List.of(GoldenSample.ofFeatures(List.of(0.0, 0.0, Double.NaN), List.of(0.5, 0.5))))
                .build();

        assertThatCode(() ->
                        loader.load(REF, TestModels.bundle(manifest, trees)).close())
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAGoldenMismatchWithBothNumbers() {
        Manifest manifest = TestModels.manifest(WIDTH)
                .golden(1e-4, List.of(GoldenSample.ofFeatures(List.of(0.0, 0.0, 0.0), List.of(0.4, 0.6))))
                .build();

        assertRefused(
                TestModels.bundle(manifest, TestModels.sumModel()),
                RefusalKind.GOLDEN_MISMATCH,
                "golden[0], class LEGITIMATE",
                "0.5",
                "0.4",
                "1.0E-4");
    }

    @Test
    void refusesOutputsThatAreNotFinite() {
        ModelProto dividesByZero = TestModels.linear()
                .node("Sub", List.of("z", "z"), List.of("zero"))
                .node("Div", List.of("zero", "zero"), List.of("probabilities"))
                .toModel();

        assertRefused(TestModels.bundle(dividesByZero), RefusalKind.NOT_FINITE, "NaN");
    }

    @Test
    void refusesOutputsThatAreNoProbabilities() {
        Manifest manifest = TestModels.manifest(WIDTH)
                .golden(1e-4, List.of(TestModels.sumModelSample(1, 2, 3)))
                .build();

        assertRefused(
                TestModels.bundle(manifest, TestModels.network("Neg")),
                RefusalKind.NOT_PROBABILITIES,
                "-6.0",
                "softmax or sigmoid");
        assertRefused(TestModels.bundle(TestModels.network("Exp")), RefusalKind.NOT_PROBABILITIES, "add up to 2.0");
    }

    @Test
    void refusesAnOperatorThatTheRuntimeDoesNotKnowAndNamesIt() {
        assertRefused(
                TestModels.bundle(TestModels.network("Frobnicate")), RefusalKind.UNSUPPORTED_OPERATOR, "Frobnicate");

        ModelProto.Builder ownDomain = TestModels.linear()
                .node("com.example", "Magic", List.of("z"), List.of("probabilities"), List.of())
                .toModel()
                .toBuilder();
        ownDomain.addOpsetImportBuilder().setDomain("com.example").setVersion(1);
        assertRefused(TestModels.bundle(ownDomain.build()), RefusalKind.UNSUPPORTED_OPERATOR, "Magic");
    }

    @Test
    void refusesAnOperatorVersionThatTheRuntimeDoesNotKnow() {
        ModelProto.Builder future = TestModels.sumModel().toBuilder();
        future.getOpsetImportBuilder(0).setVersion(999);

        assertRefused(TestModels.bundle(future.build()), RefusalKind.UNSUPPORTED_OPERATOR, "Opset 999");
    }

    @Test
    void refusesWeightsOutsideTheModelWhereverTheyHide() {
        ModelProto.Builder inGraph = TestModels.sumModel().toBuilder();
        inGraph.getGraphBuilder().setInitializer(0, external("w"));
        assertRefused(TestModels.bundle(inGraph.build()), RefusalKind.EXTERNAL_DATA, "'w'");

        ModelProto.Builder inAttribute = TestModels.sumModel().toBuilder();
        inAttribute
                .getGraphBuilder()
                .addNodeBuilder()
                .setOpType("Constant")
                .addOutput("c")
                .addAttributeBuilder()
                .setName("value")
                .setType(AttributeType.TENSOR)
                .setT(external("hidden"));
        assertRefused(TestModels.bundle(inAttribute.build()), RefusalKind.EXTERNAL_DATA, "'hidden'");
    }

    @Test
    void refusesAnInputOfAnotherNameTypeOrShape() {
        assertRefused(withInput("x", OnnxTypes.FLOAT, -1, WIDTH), RefusalKind.WRONG_SIGNATURE, "'features'", "[x]");
        assertRefused(withInput("features", OnnxTypes.INT64, -1, WIDTH), RefusalKind.WRONG_SIGNATURE, "float32");
        assertRefused(
                withInput("features", OnnxTypes.FLOAT, -1, WIDTH + 1),
                RefusalKind.WRONG_SIGNATURE,
                "takes 4 features",
                "has 3");
        assertRefused(withInput("features", OnnxTypes.FLOAT, 1, WIDTH), RefusalKind.WRONG_SIGNATURE, "exactly 1");
        assertRefused(withInput("features", OnnxTypes.FLOAT, -1, WIDTH, 1), RefusalKind.WRONG_SIGNATURE, "[rows, n]");
    }

    @Test
    void refusesOutputsOfAnotherNameOrNumber() {
        assertRefused(
                TestModels.bundle(TestModels.manifest(WIDTH).output("scores").build(), TestModels.sumModel()),
                RefusalKind.WRONG_SIGNATURE,
                "no output 'scores'",
                "probabilities");
        ModelProto oneColumn = new GraphBuilder("one")
                .input("features", OnnxTypes.FLOAT, -1, WIDTH)
                .output("probabilities", OnnxTypes.FLOAT, -1, 1)
                .weights("w", new float[] {1, 1, 1}, WIDTH, 1)
                .node("MatMul", List.of("features", "w"), List.of("z"))
                .node("Sigmoid", List.of("z"), List.of("probabilities"))
                .toModel();
        assertRefused(TestModels.bundle(oneColumn), RefusalKind.WRONG_SIGNATURE, "gives 1 columns", "2 classes");
    }

    @Test
    void refusesAMapOfProbabilitiesAndSaysHowToExport() {
        ModelProto zipMap = TestModels.linear()
                .node("Softmax", List.of("z"), List.of("p"), OnnxAttributes.integer("axis", -1))
                .toModel();
        ModelProto.Builder model = zipMap.toBuilder();
        model.getGraphBuilder()
                .addNodeBuilder()
                .setOpType("ZipMap")
                .setDomain(GraphBuilder.ML_DOMAIN)
                .addInput("p")
                .addOutput("probabilities")
                .addAttribute(OnnxAttributes.integers("classlabels_int64s", List.of(0L, 1L)));
        model.getGraphBuilder().getOutputBuilder(0).clearType();

        assertRefused(TestModels.bundle(model.build()), RefusalKind.WRONG_SIGNATURE, "ZipMap");
    }

    @Test
    void refusesASecondInput() {
        ModelProto two = TestModels.linear()
                .input("also", OnnxTypes.FLOAT, -1, 2)
                .node("Add", List.of("z", "also"), List.of("probabilities"))
                .toModel();

        assertRefused(TestModels.bundle(two), RefusalKind.WRONG_SIGNATURE, "one input", "also");
    }

    @Test
    void refusesTreesThatSplitOnAFeatureBeyondTheRow() {
        ModelProto trees = new TreeEnsemble()
                .branch(0, 0, 1_000_000, 0f, 1, 2, false)
                .leaf(0, 1, 2f)
                .leaf(0, 2, 0f)
                .toModel(WIDTH, 0f);

        assertRefused(TestModels.bundle(trees), RefusalKind.WRONG_SIGNATURE, "feature 1000000");
    }

    @Test
    void refusesAGraphThatFailsWhenItRuns() {
        ModelProto.Builder model = TestModels.linear()
                .node("Reshape", List.of("z", "shape"), List.of("r"))
                .node("Softmax", List.of("r"), List.of("probabilities"))
                .toModel()
                .toBuilder();
        model.getGraphBuilder()
                .addInitializer(TensorProto.newBuilder()
                        .setName("shape")
                        .setDataType(OnnxTypes.INT64)
                        .addDims(2)
                        .addInt64Data(5)
                        .addInt64Data(-1))
                .getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .clearShape()
                .getShapeBuilder()
                .addDim(dimension("n"))
                .addDim(dimension("c"));

        ModelRefusedException refused = refusal(TestModels.bundle(model.build()));

        assertThat(refused.kind()).isIn(RefusalKind.RUN_FAILED, RefusalKind.WRONG_SIGNATURE);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_124})
    void refusesTruncatedAndDamagedBytesOrLoadsThemButNeverCrashes(long seed) throws ModelRefusedException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = TestModels.trees(4, 3, WIDTH, seed).toByteArray();
        for (int i = 0; i < 60; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length));
            assertThat(refusal(bytes(bad)).kind()).isNotNull();

            byte[] flipped = good.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            loadIfAccepted(flipped);
        }
    }

    @Test
    void refusesBytesThatAreNoModel() {
        assertRefused(bytes(new byte[0]), RefusalKind.NOT_ONNX, "0 bytes");
        assertRefused(
                bytes("<html>not found</html>".getBytes(StandardCharsets.UTF_8)), RefusalKind.NOT_ONNX, "22 bytes");
    }

    @Test
    void refusesAManifestOrBlobsThatDoNotBelongTogether() {
        Bundle bundle = TestModels.bundle(TestModels.sumModel());
        byte[] other = TestModels.network("Exp").toByteArray();

        assertThat(refusal(bundle.manifestYaml(), Map.of(Bundle.MODEL_BLOB, other))
                        .kind())
                .isEqualTo(RefusalKind.HASH_MISMATCH);
        assertThat(refusal(bundle.manifestYaml(), Map.of()).kind()).isEqualTo(RefusalKind.MISSING_BLOB);
        assertThat(refusal("name: fraud\n", bundle.blobs()).kind()).isEqualTo(RefusalKind.BAD_MANIFEST);
        assertThat(refusal(bundle.manifestYaml(), Map.of(Bundle.MODEL_BLOB, bundle.model(), "x", other))
                        .kind())
                .isEqualTo(RefusalKind.UNDECLARED_BLOB);
    }

    @Test
    void refusesTheManifestOfAnotherModel() {
        Bundle bundle = TestModels.bundle(TestModels.sumModel());
        ModelRefusedException otherName =
                catchThrowableOfType(ModelRefusedException.class, () -> loader.load(new ModelRef("other", 2), bundle));
        assertThat(otherName.kind()).isEqualTo(RefusalKind.BAD_MANIFEST);
        assertThat(otherName).hasMessage("BAD_MANIFEST: other@2: the manifest is that of model 'fraud'");
    }

    private void loadIfAccepted(byte[] bytes) {
        try {
            loader.load(REF, bytes(bytes)).close();
        } catch (ModelRefusedException refused) {
            assertThat(refused.kind()).isNotNull();
        }
    }

    private void assertRefused(Bundle bundle, RefusalKind kind, String... parts) {
        ModelRefusedException refused = refusal(bundle);

        assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(kind);
        assertThat(refused).hasMessageStartingWith(kind + ": fraud@1: ").hasMessageContainingAll(parts);
    }

    private ModelRefusedException refusal(Bundle bundle) {
        return catchThrowableOfType(ModelRefusedException.class, () -> loader.load(REF, bundle));
    }

    private ModelRefusedException refusal(String manifestYaml, Map<String, byte[]> blobs) {
        return catchThrowableOfType(ModelRefusedException.class, () -> loader.load(REF, manifestYaml, blobs));
    }

    private static Bundle bytes(byte[] model) {
        return Bundle.of(TestModels.manifest(WIDTH).build(), Map.of(Bundle.MODEL_BLOB, model));
    }

    private static Bundle withInput(String name, int type, long... shape) {
        return TestModels.bundle(new GraphBuilder("other-input")
                .input(name, type, shape)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("p", new float[] {0.5f, 0.5f}, 1, 2)
                .node("Identity", List.of("p"), List.of("probabilities"))
                .node("Identity", List.of(name), List.of("unused"))
                .toModel());
    }

    private static TensorProto external(String name) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxTypes.FLOAT)
                .addDims(WIDTH)
                .addDims(2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"))
                .build();
    }

    private static Dimension dimension(String name) {
        return Dimension.newBuilder().setDimParam(name).build();
    }
}
