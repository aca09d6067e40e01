package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;

/** Examples per second by learner, and the way from a label to a score in steps. Threading: stateless. */
final class TrainingSection implements Section {

    @Override
    public String plots(Saved saved) {
        Bars learners =
                new Bars("Examples per second", "by learner and trainable part, median and range of the rounds");
        for (JsonNode line : saved.result().path("learners")) {
            learners.add(
                    Palette.OURS,
                    line.path("learner").asText() + ", "
                            + line.path("trainable").asText(),
                    line.path("examplesPerSecond"),
                    null);
        }
        Bars steps = new Bars("From a label to the first score by what it led to", "seconds, step by step");
        for (JsonNode step : Trees.firstArray(saved.result(), "step")) {
            steps.add(
                    Palette.OURS,
                    step.path("step").asText(),
                    step.path("seconds").asDouble(),
                    "s");
        }
        return (learners.isEmpty() ? "" : learners.figure()) + (steps.isEmpty() ? "" : steps.figure());
    }
}
