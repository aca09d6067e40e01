package io.millrace.trainer.gradient.tuning;

import io.millrace.trainer.gradient.graph.GraphNode;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.graph.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph cut in two: what never changes while it is tuned, and what does.
 *
 * <p>Threading: immutable.
 *
 * @param frozen nodes whose results are the same in every epoch, as far as the kept values need them
 * @param tuned nodes that a batch runs through at each step: those behind a tuned weight, and cheap ones before it, such
 *     as an attention mask, that no weight takes part in
 * @param kept the frozen values that the tuned nodes read
 */
record Cut(List<GraphNode> frozen, List<GraphNode> tuned, Set<String> kept) {

    /**
     * Cuts as late as can be.
     *
     * @param trainable weights that change
     * @param target the value that the loss is computed from
     */
    static Cut of(OnnxGraph graph, Set<String> trainable, String target) {
        Set<String> changing = new HashSet<>(trainable);
        Set<String> costly = new HashSet<>();
        graph.initializers().forEach((name, tensor) -> {
            if (Tensors.isFloat(tensor) && Tensors.count(Tensors.shape(tensor)) > 1) {
                costly.add(name);
            }
        });
        List<GraphNode> behind = new ArrayList<>();
        List<GraphNode> before = new ArrayList<>();
        List<GraphNode> atEachStep = new ArrayList<>();
        for (GraphNode node : OnnxGraph.needed(graph.nodes(), List.of(target))) {
            boolean changes = node.inputs().stream().anyMatch(changing::contains);
            boolean costs = node.inputs().stream().anyMatch(costly::contains);
            if (changes) {
                changing.addAll(node.outputs());
                behind.add(node);
            } else {
                before.add(node);
            }
            if (costs && !changes) {
                costly.addAll(node.outputs());
            } else {
                atEachStep.add(node);
            }
        }
        Set<String> kept = new LinkedHashSet<>();
        Set<String> made = new HashSet<>();
        before.forEach(node -> made.addAll(node.outputs()));
        for (GraphNode node : behind) {
            node.inputs().stream()
                    .filter(input -> made.contains(input) && costly.contains(input))
                    .forEach(kept::add);
        }
        return new Cut(
                OnnxGraph.needed(before, kept),
                OnnxGraph.needed(atEachStep, List.of(target)),
                Collections.unmodifiableSet(kept));
    }

    /** Everything at each step. */
    static Cut none(OnnxGraph graph, String target) {
        return new Cut(List.of(), OnnxGraph.needed(graph.nodes(), List.of(target)), Set.of());
    }
}
