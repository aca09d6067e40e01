/** What became of the versions of a model, read from the topics that tell it. Output goes to the commands. */
@NullMarked
package io.millrace.cli.history;

import org.jspecify.annotations.NullMarked;
