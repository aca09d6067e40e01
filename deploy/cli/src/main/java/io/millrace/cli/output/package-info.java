/** How commands answer: tables for people, JSON for programs, progress and errors on standard error. */
@NullMarked
package io.millrace.cli.output;

import org.jspecify.annotations.NullMarked;
