package io.millrace.bench.swap;

import io.millrace.bench.live.Times;
import io.millrace.bench.swap.SwapTimes.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Which durations fall into which time spans. Threading: stateless. Units: nanoseconds. */
final class InWindows {
    private InWindows() {}

    /** The part that ended in one of the windows, window by window. */
    static Times.Taken part(Times.Taken times, List<Window> windows) {
        int[] places = windows.stream()
                .flatMapToInt(
                        window -> IntStream.range(first(times, window.fromNanos()), first(times, window.toNanos())))
                .toArray();
        return new Times.Taken(
                pick(times.endNanos(), places), pick(times.tookNanos(), places), pick(times.sizes(), places));
    }

    private static long[] pick(long[] from, int[] places) {
        return Arrays.stream(places).mapToLong(place -> from[place]).toArray();
    }

    /** Those that ended in one of the windows. */
    static long[] all(Times.Taken times, List<Window> windows) {
        return part(times, windows).tookNanos();
    }

    /** The longest of each window that has any. */
    static long[] longest(Times.Taken times, List<Window> windows) {
        LongStream.Builder found = LongStream.builder();
        for (Window window : windows) {
            Arrays.stream(all(times, List.of(window))).max().ifPresent(found::add);
        }
        return found.build().toArray();
    }

    /** The first that ended at or after each moment. */
    static long[] next(Times.Taken times, LongStream moments) {
        return moments.map(moment -> first(times, moment))
                .filter(at -> at < times.count())
                .map(at -> times.tookNanos()[(int) at])
                .toArray();
    }

    /** The place of the first that ended at or after a moment. */
    private static int first(Times.Taken times, long atNanos) {
        int at = Arrays.binarySearch(times.endNanos(), atNanos);
        int place = at >= 0 ? at : -at - 1;
        while (place > 0 && times.endNanos()[place - 1] == atNanos) {
            place--;
        }
        return place;
    }
}
