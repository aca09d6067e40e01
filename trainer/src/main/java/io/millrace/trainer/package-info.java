/** What all learners share. Labels come in, model versions go out. */
@NullMarked
package io.millrace.trainer;

import org.jspecify.annotations.NullMarked;
