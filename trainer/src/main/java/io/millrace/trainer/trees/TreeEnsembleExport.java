package io.millrace.trainer.trees;

import io.millrace.inference.onnx.proto.TreeEnsemble;
import java.util.List;

/**
 * Writes boosted trees as an ONNX model that gives the same probabilities.
 *
 * <p>Threading: stateless.
 */
public final class TreeEnsembleExport {

    private TreeEnsembleExport() {}

    /** The model's bytes: the same for the same trees. */
    public static byte[] toOnnx(BoostedTrees boosted) {
        TreeEnsemble ensemble = new TreeEnsemble();
        for (int tree = 0; tree < boosted.trees().size(); tree++) {
            add(ensemble, tree, boosted.trees().get(tree));
        }
        double baseLogOdds = Math.log(boosted.baseScore() / (1 - (double) boosted.baseScore()));
        return ensemble.toModel(boosted.width(), (float) baseLogOdds).toByteArray();
    }

    private static void add(TreeEnsemble ensemble, int tree, List<BoostedTrees.Node> nodes) {
        for (int number = 0; number < nodes.size(); number++) {
            BoostedTrees.Node node = nodes.get(number);
            if (node.isLeaf()) {
                ensemble.leaf(tree, number, node.value());
            } else {
                ensemble.branch(
                        tree, number, node.feature(), node.value(), node.left(), node.right(), node.missingGoesLeft());
            }
        }
    }
}
