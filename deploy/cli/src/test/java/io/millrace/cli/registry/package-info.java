/** Tests of the model log and of topic creation against a real broker. */
@NullMarked
package io.millrace.cli.registry;

import org.jspecify.annotations.NullMarked;
