/** The commands, one class each: they parse, connect, call the module that does the work, and print its answer. */
@NullMarked
package io.millrace.cli.command;

import org.jspecify.annotations.NullMarked;
