package io.millrace.inference.onnx.proto;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.List;

/**
 * A binary classifier of boosted trees as an ONNX model. Its input is {@code features}, float32 of shape [rows,
 * features]; its outputs are {@code label}, int64 of shape [rows], and {@code probabilities}, float32 of shape [rows, 2]
 * with the positive class last.
 *
 * <p>A row walks each tree from the tree's first node to a leaf; the leaves' weights and the base value add up to the
 * log-odds of the positive class.
 *
 * <p>Threading: confined to one thread.
 */
public final class TreeEnsemble {
    public static final String INPUT = "features";
    public static final String LABEL = "label";
    public static final String OUTPUT = "probabilities";

    private final List<Long> trees = new ArrayList<>();
    private final List<Long> nodes = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Long> features = new ArrayList<>();
    private final List<Float> values = new ArrayList<>();
    private final List<Long> whenTrue = new ArrayList<>();
    private final List<Long> whenFalse = new ArrayList<>();
    private final List<Long> missingTracksTrue = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Long> leafClasses = new ArrayList<>();
    private final List<Float> leafWeights = new ArrayList<>();

    /**
     * Adds an inner node: rows whose feature is below the split go to one node, others to another.
     *
     * @param node number within the tree, 0 for its root
     * @param missingIsBelow where rows go whose feature is NaN
     */
    public TreeEnsemble branch(
            int tree, int node, int feature, float split, int nodeIfBelow, int nodeIfNot, boolean missingIsBelow) {
        add(tree, node, "BRANCH_LT", feature, split, nodeIfBelow, nodeIfNot);
        missingTracksTrue.add(missingIsBelow ? 1L : 0L);
        return this;
    }

    /** Adds a leaf with what it adds to the log-odds. */
    public TreeEnsemble leaf(int tree, int node, float weight) {
        add(tree, node, "LEAF", 0, 0, 0, 0);
        missingTracksTrue.add(0L);
        leafTrees.add((long) tree);
        leafNodes.add((long) node);
        leafClasses.add(0L);
        leafWeights.add(weight);
        return this;
    }

    /**
     * The trees so far as a model.
     *
     * @param width features per row
     * @param baseLogOdds what is added to the trees' sum
     */
    public ModelProto toModel(int width, float baseLogOdds) {
        return new GraphBuilder("trees")
                .input(INPUT, OnnxTypes.FLOAT, -1, width)
                .output(LABEL, OnnxTypes.INT64, -1)
                .output(OUTPUT, OnnxTypes.FLOAT, -1, 2)
                .node(
                        GraphBuilder.ML_DOMAIN,
                        "TreeEnsembleClassifier",
                        List.of(INPUT),
                        List.of(LABEL, OUTPUT),
                        List.of(
                                OnnxAttributes.integers("nodes_treeids", trees),
                                OnnxAttributes.integers("nodes_nodeids", nodes),
                                OnnxAttributes.texts("nodes_modes", modes),
                                OnnxAttributes.integers("nodes_featureids", features),
                                OnnxAttributes.numbers("nodes_values", values),
                                OnnxAttributes.integers("nodes_truenodeids", whenTrue),
                                OnnxAttributes.integers("nodes_falsenodeids", whenFalse),
                                OnnxAttributes.integers("nodes_missing_value_tracks_true", missingTracksTrue),
                                OnnxAttributes.integers("class_treeids", leafTrees),
                                OnnxAttributes.integers("class_nodeids", leafNodes),
                                OnnxAttributes.integers("class_ids", leafClasses),
                                OnnxAttributes.numbers("class_weights", leafWeights),
                                OnnxAttributes.integers("classlabels_int64s", List.of(0L, 1L)),
                                OnnxAttributes.numbers("base_values", List.of(baseLogOdds)),
                                OnnxAttributes.text("post_transform", "LOGISTIC")))
                .toModel();
    }

    private void add(int tree, int node, String mode, int feature, float value, int nodeIfTrue, int nodeIfFalse) {
        trees.add((long) tree);
        nodes.add((long) node);
        modes.add(mode);
        features.add((long) feature);
        values.add(value);
        whenTrue.add((long) nodeIfTrue);
        whenFalse.add((long) nodeIfFalse);
    }
}
