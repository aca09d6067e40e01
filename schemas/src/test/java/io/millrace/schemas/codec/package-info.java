/** Users' records, good and bad, against the events that are made of them. */
@NullMarked
package io.millrace.schemas.codec;

import org.jspecify.annotations.NullMarked;
