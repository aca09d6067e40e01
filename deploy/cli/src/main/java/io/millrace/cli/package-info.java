/** The command line: from arguments to one of the commands, and from its outcome to an exit code. */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
