/** The long-running processes: broker, stream, and what they publish when they start for the first time. */
@NullMarked
package io.millrace.cli.serve;

import org.jspecify.annotations.NullMarked;
