package io.millrace.trainer.round;

import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.Comparison;
import io.millrace.trainer.gate.Speed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Asks of texts. The threshold stays the champion's: it is where the two classes are equally likely, and one chosen by
 * the hold-out would follow its class shares. Golden samples are the champion's with new answers, since texts of the
 * examples must not travel with the model.
 */
final class TextScoring implements Scoring {
    private static final int TURNS = 5;
    private static final int MOST_TIMED = 32;

    private final SpeedTest speedTest;

    TextScoring(SpeedTest speedTest) {
        this.speedTest = speedTest;
    }

    @Override
    public Comparison compare(LoadedModel champion, LoadedModel candidate, ExampleSet examples) {
        List<String> texts = texts(examples);
        TextAnswers before = TextAnswers.of(champion, texts);
        TextAnswers after = TextAnswers.of(candidate, texts);
        int[] truth = examples.examples().stream().mapToInt(Example::label).toArray();
        // The threshold of the two is the same, so only the weights are compared.
        double threshold = champion.manifest().threshold();
        return new Comparison(
                before.positive(),
                after.positive(),
                examples.areOf(before.classes() - 1),
                examples.examples().stream().map(Example::segment).toList(),
                new Comparison.Decisions(before.classes(), before.decided(threshold), after.decided(threshold), truth));
    }

    @Override
    public Speed speed(LoadedModel champion, LoadedModel candidate, ExampleSet examples) {
        List<String> all = texts(examples);
        List<String> some = all.subList(0, Math.min(all.size(), MOST_TIMED));
        return speedTest.run(TURNS, () -> TextAnswers.of(champion, some), () -> TextAnswers.of(candidate, some));
    }

    @Override
    public Threshold threshold(Manifest champion, Comparison holdOut) {
        return new Threshold(champion.threshold(), "the champion's, " + champion.threshold());
    }

    @Override
    public List<GoldenSample> golden(LoadedModel champion, LoadedModel candidate, ExampleSet holdOut, double[] scores) {
        List<String> texts = new ArrayList<>();
        champion.manifest()
                .golden()
                .forEach(sample -> texts.add(Objects.requireNonNull(sample.text(), "a manifest has checked it")));
        TextAnswers answers = TextAnswers.of(candidate, texts);
        List<GoldenSample> samples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            samples.add(GoldenSample.ofText(
                    texts.get(i),
                    Arrays.stream(answers.probabilities()[i]).boxed().toList()));
        }
        return samples;
    }

    static List<String> texts(ExampleSet examples) {
        return examples.examples().stream()
                .map(example -> Objects.requireNonNull(example.text(), "a learner has read the texts before"))
                .toList();
    }
}
