/**
 * Training as a service. Input: the example, metrics and activation topics and the model log. Output: new versions in the
 * model log, and a record of every run.
 */
@NullMarked
package io.millrace.trainer.service;

import org.jspecify.annotations.NullMarked;
