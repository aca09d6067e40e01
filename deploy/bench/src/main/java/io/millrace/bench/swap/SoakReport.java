package io.millrace.bench.swap;

import java.util.List;

/**
 * What thousands of swaps did to the memory of the stream's process.
 *
 * @param swaps versions that took over
 * @param swapsPerSecond over all of them, measuring memory left out
 * @param firstAt the number of swaps that memory is compared with
 * @param residentRatio resident memory at the end against that
 * @param nativeRatio resident memory that is no Java heap, at the end against that
 * @param heapUsedRatio what lives in the Java heap, at the end against that
 * @param events before the first swap and while they went on, each with one score
 * @param scoredAgain scores beyond the first one of an event
 * @param steps what a swap takes, in milliseconds
 * @param points memory over the swaps
 * @param topicBytes that the broker holds of each topic of models, at the end
 */
public record SoakReport(
        int swaps,
        double swapsPerSecond,
        int firstAt,
        double residentRatio,
        double nativeRatio,
        double heapUsedRatio,
        long events,
        long scoredAgain,
        Steps steps,
        List<SoakPoint> points,
        List<TopicSize> topicBytes) {

    /**
     * What a swap takes.
     *
     * @param publishing the registry's transaction
     * @param taking from the publication's answer until a batch has met the version
     */
    public record Steps(Spans publishing, Spans taking) {}

    /**
     * A topic's size on disk.
     *
     * @param segments files that it is kept in
     */
    public record TopicSize(String topic, long bytes, int segments) {}
}
