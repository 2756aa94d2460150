package dev.kiln.ignite;

import dev.kiln.runtime.cluster.NodeEndpoint;
import dev.kiln.runtime.cluster.NodeLink;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.node.NodeWorker;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.events.DiscoveryEvent;
import org.apache.ignite.events.EventType;
import org.apache.ignite.failure.FailureHandler;
import org.apache.ignite.lang.IgnitePredicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One node: Ignite, and what of Kiln hangs on it. Ignite's threads only hand over here; a worker's tasks run on its own
 * threads.
 */
final class IgniteNode implements AutoCloseable {

    /** Frames besides those of {@link Requests}: answers to drivers, and the word that a node is up. */
    private static final byte ANSWERS = 3;

    private static final byte HELLO = 4;
    private static final int ANSWERS_HEADER = 1 + 4 + 8;

    /** A numbered batch of a driver's messages, in a frame or in a {@link BatchJob}. */
    static final byte MESSAGES = 6;

    /** Nobody needs this node any more. */
    static final byte LEAVE = 7;

    static final int MESSAGES_HEADER = 1 + 8;

    private static final Logger LOG = LogManager.getLogger(IgniteNode.class);

    private final NodeSettings settings;
    private final Ignite ignite;
    private final Log4jLogger log;
    private final KilnPlugin plugin;
    private final @Nullable DataWire data;
    private final Courier courier;
    private final Requests requests;
    private final RegionGauge gauge;
    private final IgniteBlockCache cache;
    private final CodeCache code;
    private final NodeEndpoint endpoint;
    private final IgniteObjects objects;
    private final @Nullable Outbox<Batches.Addressed<ToDriver>> answers;
    private final AtomicLong answered = new AtomicLong();
    /** Guarded by itself, under which messages are handed to the worker, which only hands over. */
    private final InOrder messages = new InOrder();

    /** Makes what runs tasks. */
    interface WorkerMaker {
        NodeEndpoint create(NodeSettings settings, NodeLink link);
    }

    /** Hears of nodes that are lost. */
    interface Losses {
        void nodeLost(int rank);

        /** This node was told that nobody needs it any more. Must not block. */
        default void dismissed() {}
    }

    /**
     * Starts a node; when this returns it can be sent to.
     *
     * @param drivers the drivers' side, on node 0
     */
    static IgniteNode start(
            NodeSettings settings,
            WorkerMaker workers,
            FailureHandler onFailure,
            @Nullable DriverLink drivers,
            Losses losses) {
        NodeConfiguration.prepareJvm();
        KilnPlugin plugin = new KilnPlugin(settings.token(), settings.founders(), settings.rank() == 0);
        // It listens before the node tells others where.
        @Nullable DataWire data = DataWire.open(settings);
        try {
            var log = new Log4jLogger();
            Ignite ignite = Ignition.start(NodeConfiguration.of(settings, plugin, log, onFailure));
            try {
                return new IgniteNode(settings, ignite, log, plugin, data, workers, drivers, losses);
            } catch (RuntimeException e) {
                Ignition.stop(settings.instanceName(), true);
                throw e;
            }
        } catch (RuntimeException | Error e) {
            if (data != null) {
                data.close();
            }
            throw e;
        }
    }

    private IgniteNode(
            NodeSettings settings,
            Ignite ignite,
            Log4jLogger log,
            KilnPlugin plugin,
            @Nullable DataWire data,
            WorkerMaker workers,
            @Nullable DriverLink drivers,
            Losses losses) {
        this.settings = settings;
        this.ignite = ignite;
        this.log = log;
        this.plugin = plugin;
        this.data = data;
        courier = new Courier(ignite);
        requests = new Requests(settings.rank(), courier, this::answer);
        gauge = new RegionGauge(ignite, settings.name(), settings.memoryBytes());
        cache = new IgniteBlockCache(settings, ignite, gauge, courier, requests);
        code = new CodeCache(cache, settings);
        objects = new IgniteObjects(settings, courier, code, drivers == null ? null : drivers.states());
        if (drivers == null) {
            var outbox = new Outbox<Batches.Addressed<ToDriver>>(
                    "kiln-to-driver", m -> Batches.weight(m.message()), this::carry, System::nanoTime);
            answers = outbox;
            endpoint = workers.create(
                    settings,
                    new IgniteNodeLink(
                            this,
                            (workflow, answer) -> outbox.add(List.of(new Batches.Addressed<>(workflow, answer)))));
        } else {
            answers = null;
            endpoint = workers.create(settings, new IgniteNodeLink(this, drivers::answer));
            drivers.bind(this);
        }
        if (data != null) {
            data.serve(endpoint);
        }
        plugin.attach(batch -> arrived(ByteBuffer.wrap(batch), drivers, losses));
        courier.listen(frame -> {
            if (frame[0] == IgniteObjects.FRAME) {
                objects.arrived(frame);
            } else {
                arrived(ByteBuffer.wrap(frame), drivers, losses);
            }
        });
        listenForLosses(losses);
        if (drivers == null) {
            courier.send(
                    0,
                    ByteBuffer.allocate(9)
                            .put(HELLO)
                            .putInt(settings.rank())
                            .putInt(settings.slots())
                            .array());
        }
    }

    private void listenForLosses(Losses losses) {
        IgnitePredicate<DiscoveryEvent> gone = event -> {
            int rank = ShardAffinity.rankOf(event.eventNode());
            requests.nodeLost(rank);
            if (data != null) {
                data.nodeLost(rank);
            }
            cache.nodeLost(rank);
            objects.nodeLost(rank);
            losses.nodeLost(rank);
            return true;
        };
        ignite.events().localListen(gone, EventType.EVT_NODE_FAILED, EventType.EVT_NODE_LEFT);
    }

    private void carry(java.util.List<Batches.Addressed<ToDriver>> batch) {
        byte[] frame = Batches.toDriver(batch, ANSWERS_HEADER);
        ByteBuffer.wrap(frame).put(ANSWERS).putInt(settings.rank()).putLong(answered.getAndIncrement());
        courier.send(0, frame);
    }

    private void arrived(ByteBuffer frame, @Nullable DriverLink drivers, Losses losses) {
        byte type = frame.get();
        switch (type) {
            case Requests.REQUEST -> requests.questionArrived(frame);
            case Requests.REPLY -> requests.replyArrived(frame);
            case MESSAGES -> {
                long number = frame.getLong();
                synchronized (messages) {
                    messages.arrived(number, frame, next -> Batches.readToNode(next, endpoint::receive));
                }
            }
            case ANSWERS -> {
                if (drivers != null) {
                    int rank = frame.getInt();
                    drivers.answersArrived(rank, frame.getLong(), frame);
                }
            }
            case HELLO -> {
                if (drivers != null) {
                    int rank = frame.getInt();
                    // First: who waits for the node may want an object there at once.
                    objects.nodeUp(rank);
                    drivers.hello(rank, frame.getInt());
                }
            }
            case LEAVE -> losses.dismissed();
            default -> LOG.warn("a message of unknown type {}", type);
        }
    }

    private CompletableFuture<byte @Nullable []> answer(ByteBuffer question) {
        byte kind = question.get();
        return switch (kind) {
            case Question.FETCH -> {
                long workflow = question.getLong();
                long value = question.getLong();
                yield endpoint.serve(workflow, value, question.getInt()).thenApply(IgniteNode::encoded);
            }
            case Question.RESERVE -> {
                @Nullable String refused = gauge.reserve(question.getInt(), question.getLong());
                yield CompletableFuture.completedFuture(
                        refused == null ? null : refused.getBytes(StandardCharsets.UTF_8));
            }
            case Question.RELEASE -> {
                gauge.release(question.getInt(), question.getLong());
                yield CompletableFuture.completedFuture(null);
            }
            case Question.DROP_WORKFLOW -> cache.dropOwn(question.getLong()).thenApply(done -> null);
            default -> throw new IllegalArgumentException("a question of unknown kind " + kind);
        };
    }

    private static byte @Nullable [] encoded(@Nullable Payload payload) {
        return switch (payload) {
            case null -> null;
            case Payload.Encoded bytes -> bytes.data();
            case Payload.Live live -> throw new IllegalStateException("a live object cannot leave its JVM");
        };
    }

    /** As {@code ValueLink.fetch}; the codec may be missing. */
    CompletableFuture<@Nullable Payload> fetch(
            int from, long workflow, long value, int part, @Nullable ValueCodec codec) {
        if (from == settings.rank()) {
            return endpoint.serve(workflow, value, part);
        }
        if (data == null) {
            return fetchByMessage(from, workflow, value, part);
        }
        return data.fetch(
                from,
                courier,
                new DataWire.Fetch(workflow, value, part),
                codec,
                () -> fetchByMessage(from, workflow, value, part));
    }

    private CompletableFuture<@Nullable Payload> fetchByMessage(int from, long workflow, long value, int part) {
        return requests.ask(from, Question.fetch(workflow, value, part))
                .thenApply(bytes -> bytes == null ? null : new Payload.Encoded(bytes));
    }

    /** Lets no further founder join. */
    void shut() {
        plugin.shut();
    }

    NodeSettings settings() {
        return settings;
    }

    Ignite ignite() {
        return ignite;
    }

    Courier courier() {
        return courier;
    }

    IgniteBlockCache cache() {
        return cache;
    }

    CodeCache code() {
        return code;
    }

    IgniteObjects objects() {
        return objects;
    }

    /** Its connections for values; null where it listens nowhere. */
    @Nullable DataWire data() {
        return data;
    }

    NodeEndpoint endpoint() {
        return endpoint;
    }

    Logger logger() {
        return LOG;
    }

    @Override
    public void close() {
        if (data != null) {
            data.close();
        }
        if (endpoint instanceof NodeWorker worker) {
            worker.close();
        }
        if (answers != null) {
            answers.close();
        }
        objects.close();
        code.close();
        log.stopping();
        Ignition.stop(settings.instanceName(), true);
    }
}
