package dev.kiln.runtime.driver;

import dev.kiln.engine.Event;
import dev.kiln.engine.Places;
import dev.kiln.runtime.checkpoint.Kept;
import dev.kiln.runtime.checkpoint.Key;
import dev.kiln.runtime.checkpoint.ValueFile;
import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has values written to files by those who hold them. To the scheduler that is as if the program had asked for them, so
 * they stay as they are meanwhile, and come back when their holder is lost. Its state belongs to the owner of the driver's
 * loop; what waits for files runs on threads of its own.
 */
final class Saver {

    private final ClusterLink link;
    private final Outgoing out;
    private final Checkpoint checkpoint;
    private final Consumer<Event> scheduler;
    private final Consumer<Runnable> later;
    private final Map<Long, Save> saves = new HashMap<>();

    /** One value on its way to its file. */
    private static final class Save {
        final ValueState value;
        /** Completed with why it cannot be written now, or null when it was or never can be. */
        final CompletableFuture<@Nullable String> ended = new CompletableFuture<>();
        /** Who was asked; only while somebody is. */
        int from;

        boolean underWay;

        Save(ValueState value) {
            this.value = value;
        }
    }

    /** With a way to have actions run by the loop's owner. */
    Saver(ClusterLink link, Outgoing out, Checkpoint checkpoint, Consumer<Event> scheduler, Consumer<Runnable> later) {
        this.link = link;
        this.out = out;
        this.checkpoint = checkpoint;
        this.scheduler = scheduler;
        this.later = later;
    }

    /** Begins; the result tells why it cannot be written now, or null when it was or never can be. */
    CompletableFuture<@Nullable String> save(ValueState value) {
        if (value.small != null) {
            checkpoint.keep(key(value), checkpoint.encoded(value.small));
            return CompletableFuture.completedFuture(null);
        }
        Save known = saves.get(value.id);
        if (known != null) {
            return known.ended;
        }
        var save = new Save(value);
        saves.put(value.id, save);
        scheduler.accept(new Event.ValueWanted(value.id));
        return save.ended;
    }

    /** Takes what the scheduler says of where a wanted value is; false when it was not this that asked. */
    boolean deliver(long workflow, ValueState value, int from) {
        Save save = saves.get(value.id);
        if (save == null || save.underWay) {
            return false;
        }
        save.underWay = true;
        save.from = from;
        switch (from) {
            case Places.DRIVER -> {
                checkpoint.keep(key(value), checkpoint.encoded(Objects.requireNonNull(value.small)));
                later.accept(() -> end(save, null));
            }
            case Places.CHECKPOINT -> later.accept(() -> end(save, null));
            case Places.CACHE -> Thread.ofVirtual().name("kiln-save").start(() -> fromCache(workflow, save));
            default -> out.send(from, new ToNode.SaveValue(value.id, file(value)));
        }
        return true;
    }

    private void fromCache(long workflow, Save save) {
        BlockCache cache = Objects.requireNonNull(link.cache(), "a cache that values are in");
        try {
            byte[] data = cache.get(workflow, save.value.id, save.value.shard);
            if (data == null) {
                later.accept(() -> again(save));
                return;
            }
            ValueFile.write(Path.of(file(save.value)), data);
            later.accept(() -> {
                checkpoint.kept(key(save.value), new Kept(data.length, null, false));
                end(save, null);
            });
        } catch (IOException | RuntimeException e) {
            later.accept(() -> end(save, String.valueOf(e.getMessage())));
        }
    }

    /** A node's answer. */
    void answer(int node, ToDriver.Saved saved) {
        Save save = saves.get(saved.value());
        if (save == null || !save.underWay || save.from != node) {
            return;
        }
        switch (saved.result()) {
            case DONE -> {
                checkpoint.kept(key(save.value), new Kept(saved.bytes(), null, false));
                end(save, null);
            }
            case MISSING -> again(save);
            case NOT_ENCODABLE -> {
                checkpoint.note(
                        "a checkpoint goes without the value of " + save.value.title() + ": " + saved.problem());
                end(save, null);
            }
            case FAILED -> end(save, save.value.title() + ": " + saved.problem());
        }
    }

    /** Whoever was asked at this node will not answer. */
    void nodeLost(int node) {
        for (Save save : List.copyOf(saves.values())) {
            if (save.underWay && save.from == node) {
                again(save);
            }
        }
    }

    /** Nobody answers any more. */
    void giveUp(String why) {
        List.copyOf(saves.values()).forEach(save -> save.ended.complete(why));
        saves.clear();
    }

    /** The value will never exist. */
    void fail(ValueState value) {
        Save save = saves.remove(value.id);
        if (save != null) {
            save.ended.complete(null);
        }
    }

    private void again(Save save) {
        if (saves.get(save.value.id) == save) {
            save.underWay = false;
            scheduler.accept(new Event.DeliveryFailed(save.value.id, save.from));
        }
    }

    private void end(Save save, @Nullable String problem) {
        if (saves.remove(save.value.id, save)) {
            save.ended.complete(problem);
            scheduler.accept(new Event.ValueDelivered(save.value.id));
        }
    }

    private String file(ValueState value) {
        return checkpoint.file(key(value)).toString();
    }

    static Key key(ValueState value) {
        return Key.of(Objects.requireNonNull(value.identity, "an identity of each value"));
    }
}
