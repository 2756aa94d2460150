package dev.kiln.ignite;

import dev.kiln.runtime.driver.Driver;
import dev.kiln.runtime.objects.FolderStates;
import dev.kiln.runtime.objects.MemoryStates;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.objects.StateStore;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.ignite.failure.FailureHandler;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A cluster: one Ignite node in this JVM, which drives the workflows, and further ones each in a JVM of its own. On this
 * machine it starts those itself; in a job they were started by others, on other hosts. Closing it ends them all and leaves
 * nothing behind; so does the end of this JVM, however it comes: then at once, without waiting for tasks or for Ignite to
 * stop.
 *
 * <p>Thread-safe.
 */
public final class IgniteCluster implements WorkflowProvider, AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(IgniteCluster.class);
    /** Where the distribution's log4j2.xml has this JVM log; not set elsewhere. */
    private static final String LOG_FOLDER = "kiln.log.folder";

    private static final int TRIES_OF_FREE_PORTS = 3;
    private static final Duration JOB_FAILURE_DETECTION = Duration.ofSeconds(10);

    private final RunFolder folder;
    private final DriverLink drivers;
    private final List<NodeProcess> processes = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Workflows with checkpoints. */
    private final List<Driver> kept = new CopyOnWriteArrayList<>();

    private final Thread hook = new Thread(this::abandon, "kiln-shutdown");
    private volatile @Nullable IgniteNode local;
    private volatile @Nullable IgniteClusterOptions started;
    private volatile @Nullable JobWatch watch;
    /** Guarded by this object's lock. */
    private int added;

    private IgniteCluster(RunFolder folder, DriverLink drivers) {
        this.folder = folder;
        this.drivers = drivers;
    }

    /**
     * Starts a cluster and waits until all its nodes are up.
     *
     * @throws PortTakenException when a port it was told to use is taken
     * @throws ClusterStartException when it cannot be started for another reason; nothing is left running
     */
    public static IgniteCluster start(IgniteClusterOptions options) {
        return start(options, new MemoryStates());
    }

    /**
     * The same, with what programs keep of active objects in a folder, from which it comes back.
     *
     * @param data a folder that no other cluster uses meanwhile
     */
    public static IgniteCluster start(IgniteClusterOptions options, Path data) {
        try {
            FolderStates states = FolderStates.open(data);
            try {
                return start(options, states);
            } catch (RuntimeException | Error e) {
                states.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ClusterStartException("the data folder cannot be used: " + e.getMessage(), e);
        }
    }

    private static IgniteCluster start(IgniteClusterOptions options, StateStore states) {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(options, states);
            } catch (PortTakenException e) {
                // Ports that were free a moment ago can be taken by somebody else; ports asked for cannot be replaced.
                if (options.port() != 0 || attempt == TRIES_OF_FREE_PORTS) {
                    throw e;
                }
            }
        }
    }

    private static IgniteCluster startOnce(IgniteClusterOptions options, StateStore states) {
        int nodes = options.nodes();
        List<Integer> ports;
        if (nodes == 1) {
            ports = List.of(0, 0, 0);
        } else {
            int count = NodeNetwork.PORTS * nodes;
            ports = options.port() == 0 ? Ports.free(count) : Ports.from(options.port(), count);
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        var cluster = new IgniteCluster(RunFolder.create(temporary, Instant.now()), new DriverLink(states));
        try {
            Runtime.getRuntime().addShutdownHook(cluster.hook);
            cluster.launch(options, ports);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /**
     * Starts node 0 of a job, and waits for the other nodes of it.
     *
     * @param onLoss is told of a node that is lost later, by a name for users; must not block
     * @throws ClusterStartException when it cannot be started
     */
    public static IgniteCluster start(JobNode job, Consumer<String> onLoss) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        for (int attempt = 1; ; attempt++) {
            var cluster =
                    new IgniteCluster(RunFolder.create(temporary, Instant.now()), new DriverLink(new MemoryStates()));
            try {
                Runtime.getRuntime().addShutdownHook(cluster.hook);
                cluster.launch(job, onLoss, attempt);
                return cluster;
            } catch (PortTakenException e) {
                cluster.close();
                if (attempt == TRIES_OF_FREE_PORTS) {
                    throw e;
                }
            } catch (RuntimeException | Error e) {
                cluster.close();
                throw e;
            }
        }
    }

    private void launch(JobNode job, Consumer<String> onLoss, int attempt) {
        var shared = new JobFolder(job.folder());
        if (System.getProperty(LOG_FOLDER) != null) {
            System.setProperty(LOG_FOLDER, shared.logs().toString());
        }
        // Also where there is one node: others may join later.
        String address = HostAddress.find(job.address(), job.network());
        List<Integer> ports = Ports.row(address, job.port() + 16 * (attempt - 1));
        NodeNetwork network = NodeNetwork.first(address, ports, shared.keys());
        var settings = new NodeSettings(
                job.run(),
                0,
                job.nodes(),
                job.slots(),
                job.memoryBytes(),
                network,
                JOB_FAILURE_DETECTION,
                shared.token(job.run()),
                folder.path());
        startLocal(settings, rank -> {
            drivers.nodeLost(rank);
            if (!closed.get() && !drivers.hasLeft(rank)) {
                shared.event(Instant.now(), shared.host(rank) + " is lost");
                onLoss.accept(shared.host(rank));
            }
        });
        shared.announce(settings);
        List<Integer> missing = new JobMembers(job, shared, drivers).await(closed::get);
        node().shut();
        missing.forEach(rank -> {
            drivers.nodeLost(rank);
            shared.event(Instant.now(), shared.host(rank) + " did not come up, and is done without");
        });
        shared.event(
                Instant.now(),
                "the cluster is up: " + (job.nodes() - missing.size()) + " nodes, the first on " + address);
        watch = JobWatch.start(shared, node(), drivers, this::removeNode);
    }

    private void launch(IgniteClusterOptions options, List<Integer> ports) {
        if (System.getProperty(LOG_FOLDER) != null) {
            System.setProperty(LOG_FOLDER, folder.path().toString());
        }
        byte[] run = new byte[6];
        new SecureRandom().nextBytes(run);
        ClusterToken token = ClusterToken.random();
        List<NodeSettings> settings = new ArrayList<>();
        for (int rank = 0; rank < options.nodes(); rank++) {
            settings.add(new NodeSettings(
                    HexFormat.of().formatHex(run),
                    rank,
                    options.nodes(),
                    options.slots(),
                    options.memoryBytes(),
                    NodeNetwork.loopback(
                            ports.subList(NodeNetwork.PORTS * rank, NodeNetwork.PORTS * (rank + 1)), ports.getFirst()),
                    options.failureDetection(),
                    token,
                    folder.path()));
        }
        // The further JVMs start while Ignite starts in this one; they join when they are told who they are.
        for (int rank = 1; rank < options.nodes() && !closed.get(); rank++) {
            processes.add(NodeProcess.start(rank, options, folder.path()));
        }
        startLocal(settings.getFirst(), drivers::nodeLost);
        if (closed.get()) {
            throw new ClusterStartException("the cluster was closed while it started");
        }
        List<CompletableFuture<?>> up = new ArrayList<>();
        for (int rank = 1; rank < options.nodes(); rank++) {
            NodeProcess process = processes.get(rank - 1);
            process.configure(settings.get(rank));
            up.add(CompletableFuture.anyOf(drivers.up(rank), process.failure(settings.get(rank))));
        }
        await(up, options);
        started = options;
        try {
            node().objects().resume();
        } catch (IOException e) {
            throw new ClusterStartException("what was kept of active objects does not come back: " + e.getMessage(), e);
        }
    }

    /**
     * Adds a node to a running cluster, such as in place of one that was lost, and waits until it is up. It runs tasks and
     * active objects, and owns no shards.
     *
     * @return its name
     * @throws IllegalStateException when the cluster was started with one node, which listens nowhere
     */
    public synchronized String addNode() {
        IgniteClusterOptions options = started;
        NodeSettings first = node().settings();
        if (options == null || options.nodes() == 1) {
            throw new IllegalStateException("a cluster of one node takes no more: start it with 2 or more");
        }
        int rank = options.nodes() + added++;
        List<Integer> ports = Ports.free(NodeNetwork.PORTS);
        var settings = new NodeSettings(
                first.run(),
                rank,
                first.founders(),
                first.slots(),
                first.memoryBytes(),
                NodeNetwork.loopback(ports, first.network().firstPort()),
                first.failureDetection(),
                first.token(),
                first.home());
        NodeProcess process = NodeProcess.start(rank, options, folder.path());
        processes.add(process);
        process.configure(settings);
        await(List.of(CompletableFuture.anyOf(drivers.up(rank), process.failure(settings))), options);
        return settings.name();
    }

    /**
     * Has a node leave in order: it finishes what it runs, and what only it holds goes to others, so that nothing is made
     * again. Its JVM ends with exit code 0.
     *
     * @param rank the number of a node that is up, other than the first
     * @return completed when it was told to end; fails when it is lost before
     */
    public CompletableFuture<Void> removeNode(int rank) {
        return drivers.leave(rank).thenRunAsync(() -> {
            node().objects().leave(rank);
            drivers.dismiss(rank);
        });
    }

    /**
     * Adds nodes to a cluster on this machine, or has those leave that were added last; waits until it is done.
     *
     * @param change how many; negative to have nodes leave
     * @return a line for each, for people
     * @throws IllegalStateException when it cannot be done; the message says why
     */
    public List<String> scale(int change) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < change; i++) {
            said.add(addNode() + " has joined");
        }
        List<Integer> there = drivers.members().keySet().stream()
                .filter(rank -> rank >= node().settings().founders())
                .toList();
        if (-change > there.size()) {
            throw new IllegalStateException("of the nodes that were added to this cluster " + there.size()
                    + " are there: " + -change + " cannot leave, and those it began with stay");
        }
        for (int i = 0; i < -change; i++) {
            int rank = there.get(there.size() - 1 - i);
            removeNode(rank).join();
            said.add("node-" + rank + " has left");
        }
        return said;
    }

    /** The nodes that are up. */
    public List<NodeInfo> nodes() {
        return drivers.nodes();
    }

    /** Its active objects, for clients that come from outside. */
    public ObjectAccess objects() {
        return node().objects().access();
    }

    private void startLocal(NodeSettings settings, IgniteNode.Losses losses) {
        FailureHandler onFailure = (ignite, context) -> {
            LOG.error("Ignite failed in this JVM: {}", StartFailure.reason(context.error()));
            return false;
        };
        try {
            local = IgniteNode.start(settings, Workers.ALL, onFailure, drivers, losses);
        } catch (RuntimeException | LinkageError e) {
            List<String> closedPackages = JvmFlags.missing();
            if (!closedPackages.isEmpty()) {
                throw new ClusterStartException(
                        "Ignite needs this JVM started with " + String.join(" ", JvmFlags.required()), e);
            }
            if (StartFailure.isPortTaken(e)) {
                throw new PortTakenException(settings.network().takenPort());
            }
            throw new ClusterStartException("node-0 cannot start: " + StartFailure.reason(e), e);
        }
    }

    private void await(List<CompletableFuture<?>> up, IgniteClusterOptions options) {
        try {
            CompletableFuture.allOf(up.toArray(CompletableFuture<?>[]::new))
                    .orTimeout(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .get();
        } catch (ExecutionException e) {
            Throwable cause = e;
            while (cause.getCause() != null
                    && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
                cause = cause.getCause();
            }
            if (cause instanceof TimeoutException) {
                throw new ClusterStartException("the nodes did not come up within "
                        + options.startTimeout().toSeconds() + " seconds: "
                        + processes.stream().map(NodeProcess::reason).collect(Collectors.joining("; ")));
            }
            throw cause instanceof ClusterStartException known
                    ? known
                    : new ClusterStartException("the cluster cannot start: " + cause, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterStartException("interrupted while the cluster started", e);
        }
    }

    /** Opens a workflow whose classes further nodes find on their own class path. */
    @Override
    public WorkflowBackend open(ClassLoader code) {
        return open(code, WorkflowOptions.usual());
    }

    @Override
    public WorkflowBackend open(ClassLoader code, WorkflowOptions wish) {
        return open(code, null, wish, LOG::warn);
    }

    /**
     * Opens a workflow whose classes further nodes find in a jar, which the cluster keeps for them.
     *
     * @param code the program's class loader in this JVM
     * @param jar the content of the jar that it loads from
     */
    public WorkflowBackend open(ClassLoader code, byte @Nullable [] jar) {
        return open(code, jar, WorkflowOptions.usual(), LOG::warn);
    }

    /**
     * The same as the program, or who launched it, wishes.
     *
     * @param notes is told, in one line each, what users should know
     * @throws IllegalStateException when the checkpoint folder cannot be used
     */
    public WorkflowBackend open(ClassLoader code, byte @Nullable [] jar, WorkflowOptions wish, Consumer<String> notes) {
        IgniteNode node = node();
        Driver driver =
                Workers.open(drivers, node.settings().founders(), node.code().publish(jar), code, wish, notes);
        if (wish.checkpoint() != null) {
            kept.add(driver);
        }
        return driver;
    }

    /**
     * Has every workflow that keeps checkpoints write one now.
     *
     * @param within how long that may take
     * @throws IllegalStateException when one cannot; its last one stands
     */
    public void checkpoint(Duration within) {
        for (Driver driver : kept) {
            driver.checkpoint(within);
        }
    }

    /** The process ids of the further nodes, by number minus one. */
    public List<Long> processIds() {
        return processes.stream().map(NodeProcess::pid).toList();
    }

    IgniteNode node() {
        IgniteNode node = local;
        if (node == null || closed.get()) {
            throw new IllegalStateException("the cluster is closed");
        }
        return node;
    }

    DriverLink drivers() {
        return drivers;
    }

    /** Where the files of this run are. They go with it, however it ends. */
    public Path folder() {
        return folder.path();
    }

    @Override
    public void close() {
        if (shutDown()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyShuttingDown) {
                // Then the hook finds the cluster closed.
            }
        }
    }

    private boolean shutDown() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        JobWatch watching = watch;
        if (watching != null) {
            watching.close();
        }
        drivers.close();
        processes.forEach(NodeProcess::hangUp);
        IgniteNode node = local;
        if (node != null) {
            node.close();
        }
        processes.forEach(NodeProcess::close);
        logNowhere();
        folder.close();
        closeStates();
        return true;
    }

    private void closeStates() {
        if (started != null && drivers.states() instanceof FolderStates states) {
            try {
                states.close();
            } catch (IOException e) {
                LOG.warn("the data folder was not closed: {}", e.getMessage());
            }
        }
    }

    /** What the end of this JVM leaves time for: nothing is saved that a stop would save. */
    private void abandon() {
        // Even when it is being closed: what that would wait for need not end any more.
        closed.set(true);
        logNowhere();
        processes.forEach(NodeProcess::kill);
        processes.forEach(NodeProcess::close);
        folder.close();
    }

    private static void logNowhere() {
        if (System.getProperty(LOG_FOLDER) != null) {
            System.setProperty(LOG_FOLDER, "nowhere");
        }
    }
}
