/** A feed on a real broker, killed, and read by the command line. */
@NullMarked
package io.millrace.cli.feed;

import org.jspecify.annotations.NullMarked;
