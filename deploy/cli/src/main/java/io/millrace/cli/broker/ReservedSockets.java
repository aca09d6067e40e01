package io.millrace.cli.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Listening sockets bound before the broker starts. The broker must know its ports before it opens them; a port that
 * is merely picked could be taken by another process in between, and Kafka answers that by ending the process.
 *
 * <p>Threading: thread-safe. Lifecycle: sockets that the broker has not taken over are closed by {@link #close}.
 */
final class ReservedSockets implements ServerSocketFactory, AutoCloseable {

    private static final int BACKLOG_CONNECTIONS = 50;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Map<Integer, ServerSocketChannel> byPort = new ConcurrentHashMap<>();

    /** Binds a port of the loopback address, 0 for a free one, and answers its number. */
    int reserve(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG_CONNECTIONS);
        } catch (BindException e) {
            channel.close();
            throw new BrokerStartException(
                    "port " + port + " of " + BrokerSettings.HOST
                            + " is taken: stop what listens there, or choose another port (0 picks a free one)",
                    e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        int bound = channel.socket().getLocalPort();
        byPort.put(bound, channel);
        return bound;
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int listenBacklogSize, int recvBufferSize)
            throws IOException {
        ServerSocketChannel channel = byPort.remove(address.getPort());
        if (channel == null) {
            throw new IOException("port " + address.getPort() + " was not reserved for listener " + listenerName);
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel channel : byPort.values()) {
            channel.close();
        }
        byPort.clear();
    }
}
