/** Tests of the command line as a whole, of the launcher, and of which module may use what. */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
