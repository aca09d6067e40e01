/** How models are trained: records read from the YAML. Output goes to rounds, learners, gate and service. */
@NullMarked
package io.millrace.trainer.config;

import org.jspecify.annotations.NullMarked;
