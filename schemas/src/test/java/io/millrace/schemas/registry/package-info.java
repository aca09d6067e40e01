/** Tests of the model log's rules, without a broker. */
@NullMarked
package io.millrace.schemas.registry;

import org.jspecify.annotations.NullMarked;
