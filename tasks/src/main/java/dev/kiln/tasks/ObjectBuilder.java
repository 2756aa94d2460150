package dev.kiln.tasks;

import dev.kiln.tasks.spi.ObjectSpace;
import dev.kiln.tasks.spi.ObjectSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates an {@linkplain ActiveObject active object}, or finds one. Made by {@link Workflow#object}, told and used by
 * one thread.
 *
 * @param <T> the interface of the object
 */
public final class ObjectBuilder<T> {

    private final ObjectSpace space;
    private final Class<T> type;
    private String alias = "";
    private Placement placement = Placement.anywhere();
    private String implementation = "";
    private int backups;
    private boolean persistent;
    private boolean lastSnapshotWillDo;

    /** For clusters and clients; programs call {@link Workflow#object}. */
    public ObjectBuilder(ObjectSpace space, Class<T> type) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException("object(" + type.getSimpleName()
                    + ".class): expected an interface, which nodes have an implementation of");
        }
        this.space = space;
        this.type = type;
    }

    /** The name by which other programs find it. Without one it gets a name of its own. */
    public ObjectBuilder<T> as(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("as(\"\"): expected a name by which the object can be found");
        }
        alias = name;
        return this;
    }

    /** Where it lives: {@link Placement#node} or, as without this, {@link Placement#anywhere}. */
    public ObjectBuilder<T> on(Placement where) {
        placement = where;
        return this;
    }

    /**
     * How many other nodes hold a copy. An update is answered only when all of them have it, so that none is lost with a
     * node; reads run on any of them. The same as {@link ActiveObject#replicate} at once.
     */
    public ObjectBuilder<T> backups(int copies) {
        if (copies < 0) {
            throw new IllegalArgumentException("backups(" + copies + "): expected 0 or more");
        }
        backups = copies;
        return this;
    }

    /** Has every update on disk before it is answered: the object comes back when the whole cluster was restarted. */
    public ObjectBuilder<T> persistent() {
        persistent = true;
        return this;
    }

    /** Goes on from the last {@linkplain ActiveObject#snapshot snapshot} when the object's node is lost without a copy. */
    public ObjectBuilder<T> lastSnapshotWillDo() {
        lastSnapshotWillDo = true;
        return this;
    }

    /** Which implementation, by its class name or the file name of its deployed jar; else the one deployed last. */
    public ObjectBuilder<T> implementation(String classOrJar) {
        implementation = classOrJar;
        return this;
    }

    /**
     * Creates it with the constructor of the implementation that takes these arguments, and waits until it is there.
     *
     * @throws ActiveObjectException when it cannot be created
     */
    public ActiveObject<T> create(@Nullable Object... arguments) {
        List<@Nullable Object> args = Collections.unmodifiableList(Arrays.asList(arguments.clone()));
        var spec = new ObjectSpec(alias, type, implementation, placement, backups, persistent, lastSnapshotWillDo);
        return new ActiveObject<>(space, type, space.create(spec, args));
    }

    /**
     * Finds the object that has this name.
     *
     * @throws ActiveObjectException when there is none, or it has another interface
     */
    public ActiveObject<T> named(String name) {
        ObjectInfo found = space.find(name);
        if (!found.type().equals(type.getName())) {
            throw new ActiveObjectException(
                    ActiveObjectException.Reason.WRONG_TYPE,
                    "object " + name + " is a " + found.type() + ", not a " + type.getName());
        }
        return new ActiveObject<>(space, type, found);
    }
}
