package io.millrace.bench;

/**
 * What an event costs when all events are spread over so many keys. Threading: immutable. Units: nanoseconds, bytes.
 *
 * @param eventsOfKey how many of a key's events its longest window holds
 * @param nanosPerEvent the median of the rounds; an event's label included where the stage needs labels
 * @param timesCold the median of each round's time as a multiple of the coldest keys' in the same round
 * @param lookUps reads of the store for each event
 * @param bytesWritten keys and values for each event
 * @param keptShort bytes kept for each event that the windows reach, when they have been filled once and a half
 * @param keptLong the same at the end
 * @param timesLonger how many times as many events had been played at the end
 */
public record HotKeyLine(
        String stage,
        int keys,
        long eventsOfKey,
        double nanosPerEvent,
        double timesCold,
        double lookUps,
        double bytesWritten,
        double keptShort,
        double keptLong,
        double timesLonger) {}
