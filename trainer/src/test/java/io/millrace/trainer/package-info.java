/** What all the trainer's tests share. */
@NullMarked
package io.millrace.trainer;

import org.jspecify.annotations.NullMarked;
