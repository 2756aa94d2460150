package dev.kiln.runtime.remote;

import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.cluster.WorkflowReport;
import dev.kiln.runtime.code.UserCode;
import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToNode;
import dev.kiln.runtime.wire.WireFormat;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A driver's way to the nodes of a cluster that this JVM is no part of: a connection to its first node, for one workflow.
 * Thread-safe. What arrives is handed over by the connection's own thread.
 */
final class RemoteLink implements ClusterLink, Channel.Listener {

    private static final long GOODBYE_SECONDS = 10;

    private final Contact contact;
    private final Channel<ToNode> channel;
    private final RemoteBlocks blocks;
    private final ObjectAccess objects;
    private final Consumer<String> onLoss;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final Questions questions = new Questions();
    private volatile @Nullable Endpoint endpoint;
    private volatile boolean closing;
    private volatile int founders;

    /** The step of the beginning that waits for its answer; one at a time. */
    private volatile CompletableFuture<Answer> step = new CompletableFuture<>();

    private record Answer(int kind, long number) {}

    private RemoteLink(Contact contact, Dial dial, ObjectAccess objects, Consumer<String> onLoss) throws IOException {
        this.contact = contact;
        this.objects = objects;
        this.onLoss = onLoss;
        this.channel = new Channel<>(dial, WireFormat::encodeToNode);
        this.blocks = new RemoteBlocks(channel, questions);
    }

    /**
     * Connects.
     *
     * @param onLoss is told, at most once, why the cluster is gone for this workflow
     * @throws IOException when nobody listens there, or refuses; one line
     */
    static RemoteLink open(Contact contact, String version, ObjectAccess objects, Consumer<String> onLoss)
            throws IOException {
        Dial dial = Dial.to(contact);
        Frames.write(dial.out(), Frames.workflow());
        var link = new RemoteLink(contact, dial, objects, onLoss);
        Thread.ofPlatform().daemon().name("kiln-workflow-reader").start(link::read);
        link.founders = (int) link.ask(WorkflowFrames.frame(WorkflowFrames.HELLO, version)).number;
        return link;
    }

    int founders() {
        return founders;
    }

    /** Sees to it that the cluster has the program's code; its jar travels only where that is needed. */
    void bring(UserCode code) throws IOException {
        if (ask(WorkflowFrames.frame(WorkflowFrames.CODE, code.id())).kind == WorkflowFrames.UNKNOWN) {
            begin();
            channel.send(WorkflowFrames.frame(WorkflowFrames.JAR), code.jar());
            var _ = answer();
        }
    }

    private Answer ask(ByteSink question) throws IOException {
        begin();
        channel.send(question);
        return answer();
    }

    private void begin() {
        step = new CompletableFuture<>();
        if (ended.isDone()) {
            step.completeExceptionally(new IOException(gone()));
        }
    }

    private Answer answer() throws IOException {
        try {
            return step.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the " + contact + " answered", e);
        }
    }

    private String gone() {
        return "the " + contact + " has ended, or the connection to it broke: what ran there is cancelled";
    }

    private void read() {
        try {
            channel.read(this);
        } catch (IOException | CorruptDataException | IllegalStateException e) {
            // Told below.
        } finally {
            channel.close();
            ended.complete(null);
            step.completeExceptionally(new IOException(gone()));
            questions.end(gone());
            Endpoint driver = endpoint;
            if (!closing) {
                onLoss.accept(gone());
                if (driver != null) {
                    driver.clusterLost(gone());
                }
            }
        }
    }

    @Override
    public void frame(int kind, ByteSource in) {
        switch (kind) {
            case WorkflowFrames.WELCOME, WorkflowFrames.ATTACHED -> step.complete(new Answer(kind, in.varint()));
            case WorkflowFrames.KNOWN, WorkflowFrames.UNKNOWN -> step.complete(new Answer(kind, 0));
            case WorkflowFrames.REFUSED ->
                step.completeExceptionally(
                        new RefusedException("no connection to " + contact.address() + ": " + in.string()));
            case WorkflowFrames.DONE -> questions.answered(in.varint(), null);
            case WorkflowFrames.FAILED -> questions.failed(in.varint(), in.u8() == 1, in.string());
            default -> toDriver(kind, in);
        }
    }

    private void toDriver(int kind, ByteSource in) {
        Endpoint driver = endpoint;
        if (closing) {
            return;
        }
        if (driver == null) {
            throw in.corrupt("the frame " + kind + " before the workflow");
        }
        int node = (int) in.varint();
        switch (kind) {
            case WorkflowFrames.MESSAGES -> driver.answers(node, WireFormat.decodeToDriver(in.block()));
            case WorkflowFrames.JOINED -> driver.nodeJoined(node, in.string(), (int) in.varint());
            case WorkflowFrames.LEAVING -> driver.nodeLeaving(node);
            case WorkflowFrames.LOST -> driver.nodeLost(node);
            case WorkflowFrames.ASK_REPORT -> {
                // Only this number is in the frame.
                long number = node;
                var _ = driver.report().thenAccept(report -> tell(number, report));
            }
            default -> throw in.corrupt("the unknown frame " + kind);
        }
    }

    private void tell(long number, WorkflowReport report) {
        ByteSink frame = WorkflowFrames.frame(WorkflowFrames.REPORT, number);
        ReportWire.write(report, frame);
        channel.send(frame);
    }

    @Override
    public void value(int kind, ByteSource head, byte[] data) {
        if (kind != WorkflowFrames.FOUND) {
            throw head.corrupt("a value of the unknown kind " + kind);
        }
        questions.answered(head.varint(), data);
    }

    @Override
    public long attach(Endpoint driver) {
        endpoint = driver;
        try {
            return ask(WorkflowFrames.frame(WorkflowFrames.ATTACH)).number;
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Returns when the cluster has freed what the workflow had there, or soon if it does not say so. */
    @Override
    public void detach(long workflow) {
        closing = true;
        Endpoint driver = endpoint;
        WorkflowReport last = driver == null ? null : driver.report().getNow(null);
        if (last != null) {
            tell(0, last);
        }
        channel.send(WorkflowFrames.frame(WorkflowFrames.BYE));
        try {
            ended.get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It does so without us.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            channel.close();
        }
    }

    @Override
    public void send(int node, long workflow, List<ToNode> messages) {
        for (ToNode message : messages) {
            channel.send(node, message);
        }
    }

    @Override
    public void release(int node, long workflow) {
        channel.send(WorkflowFrames.frame(WorkflowFrames.RELEASE, node));
    }

    @Override
    public boolean encodes() {
        return true;
    }

    @Override
    public BlockCache cache() {
        return blocks;
    }

    @Override
    public ObjectAccess objects() {
        return objects;
    }

    @Override
    public CompletableFuture<@Nullable Payload> fetch(int node, long workflow, long value, int part) {
        Questions.Open question = questions.open();
        ByteSink frame = WorkflowFrames.frame(WorkflowFrames.FETCH, question.number());
        frame.varint(node);
        frame.varint(value);
        frame.signed(part);
        channel.send(frame);
        return question.answer().thenApply(data -> data == null ? null : new Payload.Encoded(data));
    }
}
