/** What must happen before the offsets of a task are committed; used by all processors that hold something back. */
@NullMarked
package io.millrace.stream.commit;

import org.jspecify.annotations.NullMarked;
