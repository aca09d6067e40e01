package io.millrace.trainer.gradient.execution;

import ai.djl.ndarray.NDManager;
import io.millrace.trainer.gradient.graph.GraphNode;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.gradient.operator.Operands;
import io.millrace.trainer.gradient.operator.Operator;
import io.millrace.trainer.gradient.operator.OperatorTable;
import io.millrace.trainer.learn.LearningException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that are checked and ready to run, one after the other.
 *
 * <p>Threading: confined to one thread. Lifecycle: a value is freed as soon as its last reader is done; what gradients
 * need of it, the engine keeps by itself.
 */
public final class Program {

    private record Step(GraphNode node, Operator operator, List<String> lastReads) {}

    private final List<Step> steps = new ArrayList<>();
    private final Set<String> results;
    private final Set<String> readFromWeights = new LinkedHashSet<>();
    private final Set<String> fed = new LinkedHashSet<>();
    private final Weights weights;

    /**
     * Binds each node to its operator.
     *
     * @param nodes in an order in which each one's inputs are there before it
     * @param results values to keep
     * @throws LearningException if one is not supported
     */
    public Program(List<GraphNode> nodes, Collection<String> results, long operatorSet, Weights weights)
            throws LearningException {
        this.results = Set.copyOf(results);
        this.weights = weights;
        Map<String, Integer> lastReader = new HashMap<>();
        Set<String> made = new LinkedHashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String input : nodes.get(i).inputs()) {
                noteSource(input, made);
                lastReader.put(input, i);
            }
            for (String output : nodes.get(i).outputs()) {
                made.add(output);
                lastReader.put(output, i);
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            int step = i;
            List<String> lastReads = lastReader.entrySet().stream()
                    .filter(entry -> entry.getValue() == step)
                    .map(Map.Entry::getKey)
                    .filter(name -> made.contains(name) && !this.results.contains(name))
                    .sorted()
                    .toList();
            GraphNode node = nodes.get(i);
            steps.add(new Step(node, OperatorTable.operatorOf(node, operatorSet), lastReads));
        }
    }

    /** Names of the values that must be given to {@link #run}. */
    public Set<String> fed() {
        return fed;
    }

    /**
     * Runs all nodes.
     *
     * @param given values by name; they are left as they are
     * @param run owner of everything that is made; it must be closed by the caller
     * @return the results, by name
     */
    public Map<String, Value> run(Map<String, Value> given, NDManager run) throws LearningException {
        weights.lend(readFromWeights, run);
        Map<String, Value> values = new HashMap<>(given);
        for (Step step : steps) {
            List<Value> outputs = apply(step, values, run);
            List<String> names = step.node().outputs();
            for (int i = 0; i < names.size() && i < outputs.size(); i++) {
                values.put(names.get(i), outputs.get(i));
            }
            step.lastReads().forEach(name -> free(values.remove(name)));
        }
        Map<String, Value> kept = new LinkedHashMap<>();
        for (String result : results) {
            Value value = values.get(result);
            if (value == null) {
                throw new LearningException("the graph does not compute '" + result + "'");
            }
            kept.put(result, value);
        }
        return kept;
    }

    private List<Value> apply(Step step, Map<String, Value> values, NDManager run) throws LearningException {
        List<@Nullable Value> operands = new ArrayList<>();
        for (String input : step.node().inputs()) {
            Value value = input.isEmpty() ? null : values.get(input);
            operands.add(value == null && !input.isEmpty() ? weights.get(input) : value);
        }
        try {
            return step.operator().apply(new Operands(run, operands));
        } catch (RuntimeException failure) {
            throw new LearningException(
                    step.node().describe() + " fails on " + operands + ": " + failure.getMessage(), failure);
        }
    }

    private void noteSource(String input, Set<String> made) {
        if (weights.get(input) != null) {
            readFromWeights.add(input);
        } else if (!input.isEmpty() && !made.contains(input)) {
            fed.add(input);
        }
    }

    private static void free(@Nullable Value value) {
        if (value instanceof Value.Tensor tensor) {
            tensor.array().close();
        }
    }
}
