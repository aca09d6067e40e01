/** The simulated world against the rules it is made by. */
@NullMarked
package io.millrace.cli.simulate;

import org.jspecify.annotations.NullMarked;
