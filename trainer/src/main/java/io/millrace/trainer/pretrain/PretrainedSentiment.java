package io.millrace.trainer.pretrain;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.assembly.SmallForm;

/**
 * A first model of texts.
 *
 * @param bundle ready to publish
 * @param form what of it a repository keeps
 */
public record PretrainedSentiment(Bundle bundle, SmallForm form, SentimentFigures figures) {}
