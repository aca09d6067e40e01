package io.millrace.cli.backtest;

import java.util.List;

/**
 * Which texts were played back, and how. Nothing in it depends on the clock or on where files lie.
 *
 * <p>Threading: immutable.
 *
 * @param input name of the file
 * @param inputRows how many texts were played
 * @param deadRows how many of them were dead-lettered
 * @param judgedRows how many were scored and have a label
 * @param labelsAfter how late labels were
 * @param window how many texts are judged together
 * @param training the policy as YAML
 */
record TextSetting(
        String pipeline,
        String model,
        List<String> classes,
        String input,
        long inputRows,
        long deadRows,
        long judgedRows,
        String labelsAfter,
        int window,
        String precision,
        String learner,
        String training) {}
