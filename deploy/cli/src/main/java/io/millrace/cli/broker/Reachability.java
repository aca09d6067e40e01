package io.millrace.cli.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Knocks at the doors of a cluster before Kafka's clients do: they retry for a long time and fill the log meanwhile.
 *
 * <p>Threading: stateless.
 */
final class Reachability {

    private Reachability() {}

    /** Answers why no server of the list can be connected to; empty when one can. */
    static String problem(String bootstrapServers, Duration timeout) {
        List<String> problems = new ArrayList<>();
        for (String server : bootstrapServers.split(",", -1)) {
            String problem = problemOf(server.strip(), timeout);
            if (problem.isEmpty()) {
                return "";
            }
            problems.add(problem);
        }
        return String.join("; ", problems);
    }

    private static String problemOf(String server, Duration timeout) {
        int colon = server.lastIndexOf(':');
        int port = colon < 0 ? -1 : port(server.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            return "'" + server + "' is not host:port";
        }
        String host = server.substring(0, colon).replaceFirst("^.*://", "").replaceAll("[\\[\\]]", "");
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return "there is no host '" + host + "'";
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, Math.toIntExact(timeout.toMillis()));
            return "";
        } catch (IOException e) {
            return server + ": " + e.getMessage();
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
