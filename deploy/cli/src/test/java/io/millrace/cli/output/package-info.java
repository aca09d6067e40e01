/** Tests of tables, progress and errors. */
@NullMarked
package io.millrace.cli.output;

import org.jspecify.annotations.NullMarked;
