package io.millrace.stream.feed;

import org.jspecify.annotations.Nullable;

/** The texts that count in one window, by the hash of what is left of them after normalisation. */
interface WindowTexts {
    /** The one of these near-duplicates that counts; null when none was seen. */
    @Nullable
    CountedText get(long hash);

    void put(long hash, CountedText text);

    void remove(long hash);

    /** The greatest hash, of numbers without a sign; asked only while there are texts. */
    long greatestHash();
}
