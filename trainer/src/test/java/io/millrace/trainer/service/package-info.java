/** Rules of the trainer's service, without a broker. */
@NullMarked
package io.millrace.trainer.service;

import org.jspecify.annotations.NullMarked;
