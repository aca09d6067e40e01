package io.millrace.bench.swap;

import io.millrace.bench.swap.SoakReport.TopicSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a broker keeps of topics of one partition, as its folder shows.
 *
 * <p>Threading: stateless.
 *
 * @param broker the broker's folder
 */
record TopicFiles(Path broker) {

    List<TopicSize> sizes(List<String> topics) {
        List<TopicSize> sizes = new ArrayList<>();
        for (String topic : topics) {
            Path partition = broker.resolve("kafka").resolve(topic + "-0");
            try (Stream<Path> files = Files.list(partition)) {
                long bytes = 0;
                int segments = 0;
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (file.toString().endsWith(".log")) {
                        bytes += Files.size(file);
                        segments++;
                    }
                }
                sizes.add(new TopicSize(topic, bytes, segments));
            } catch (NoSuchFileException missing) {
                sizes.add(new TopicSize(topic, 0, 0));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot see what the broker keeps in " + partition, e);
            }
        }
        return sizes;
    }
}
