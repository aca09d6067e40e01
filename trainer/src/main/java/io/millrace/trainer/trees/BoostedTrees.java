package io.millrace.trainer.trees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Boosted trees for a yes-or-no question, as read from XGBoost's JSON.
 *
 * <p>Threading: immutable.
 *
 * @param trees the trees; each is a list of nodes, the first the root
 * @param baseScore the probability before any tree speaks
 * @param width how many features a row has
 */
public record BoostedTrees(List<List<Node>> trees, float baseScore, int width) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public BoostedTrees {
        trees = trees.stream().map(List::copyOf).toList();
        if (!(baseScore > 0 && baseScore < 1)) {
            throw new IllegalArgumentException("base score must lie between 0 and 1, was " + baseScore);
        }
    }

    /**
     * A node. A branch goes left when the feature is below the value; a leaf adds its value.
     *
     * @param left the node for yes, or -1 in a leaf
     * @param right the node for no, or -1 in a leaf
     * @param feature which feature is asked for
     * @param value the bound of a branch or the addend of a leaf
     * @param missingGoesLeft whether a missing feature goes left
     */
    public record Node(int left, int right, int feature, float value, boolean missingGoesLeft) {
        public boolean isLeaf() {
            return left < 0;
        }
    }

    /** Reads XGBoost's JSON; refuses what these trees cannot say (other objectives, categories, vector leaves). */
    public static BoostedTrees ofXgboostJson(byte[] json) {
        JsonNode learner;
        try {
            learner = JSON.readTree(json).path("learner");
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("not XGBoost's JSON: " + unreadable.getMessage(), unreadable);
        }
        require(learner.at("/objective/name").asText(), "binary:logistic", "objective");
        require(learner.at("/gradient_booster/name").asText(), "gbtree", "gradient booster");
        List<List<Node>> trees = new ArrayList<>();
        for (JsonNode tree : learner.at("/gradient_booster/model/trees")) {
            trees.add(nodesOf(tree, trees.size()));
        }
        // XGBoost 3 writes the number in brackets: one per target.
        String baseScore = learner.at("/learner_model_param/base_score")
                .asText()
                .replace("[", "")
                .replace("]", "");
        int width = learner.at("/learner_model_param/num_feature").asInt();
        return new BoostedTrees(trees, Float.parseFloat(baseScore), width);
    }

    private static List<Node> nodesOf(JsonNode tree, int number) {
        if (tree.path("categories").size() > 0
                || tree.at("/tree_param/size_leaf_vector").asInt() > 1) {
            throw new IllegalArgumentException(
                    "tree " + number + " has categories or vector leaves: train with plain numbers and one target");
        }
        List<Node> nodes = new ArrayList<>();
        for (int node = 0; node < tree.path("left_children").size(); node++) {
            nodes.add(new Node(
                    tree.path("left_children").path(node).asInt(),
                    tree.path("right_children").path(node).asInt(),
                    tree.path("split_indices").path(node).asInt(),
                    tree.path("split_conditions").path(node).floatValue(),
                    // A number in some versions, a boolean in others.
                    tree.path("default_left").path(node).asBoolean()));
        }
        return nodes;
    }

    private static void require(String found, String wanted, String what) {
        if (!found.equals(wanted)) {
            throw new IllegalArgumentException(
                    "the booster's " + what + " must be " + wanted + ", was '" + found + "'");
        }
    }
}
