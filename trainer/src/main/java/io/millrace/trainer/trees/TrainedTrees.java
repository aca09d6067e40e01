package io.millrace.trainer.trees;

/**
 * A booster as bytes, holding no native memory.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays.
 *
 * @param booster XGBoost's binary form (UBJSON), to go on training from
 * @param json XGBoost's JSON form, to export from
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as files, never compared
public record TrainedTrees(byte[] booster, byte[] json) {}
