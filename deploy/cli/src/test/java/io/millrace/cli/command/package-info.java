/** Tests of the commands, run as a user runs them. */
@NullMarked
package io.millrace.cli.command;

import org.jspecify.annotations.NullMarked;
