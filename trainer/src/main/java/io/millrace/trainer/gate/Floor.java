package io.millrace.trainer.gate;

/**
 * How good two models are on the domain that the model was first made for.
 *
 * <p>Threading: immutable.
 *
 * @param examples how many examples of that domain judged
 * @param reference the accuracy of the model that was first made, which does not move with the champions
 * @param champion the champion's accuracy
 * @param candidate the candidate's accuracy
 */
public record Floor(int examples, double reference, double champion, double candidate) {}
