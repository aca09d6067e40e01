/** Tests of the rows of input files. */
@NullMarked
package io.millrace.cli.score;

import org.jspecify.annotations.NullMarked;
