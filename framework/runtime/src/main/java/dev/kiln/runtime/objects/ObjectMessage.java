package dev.kiln.runtime.objects;

import dev.kiln.tasks.ActiveObjectException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes tell each other of active objects. Messages may overtake each other and may come twice, hence the epochs,
 * revisions and versions in them; between two nodes that stay up none is lost.
 */
public sealed interface ObjectMessage {

    /** The object that it is about. */
    long object();

    /**
     * What an object is made of.
     *
     * @param type the class name of its interface
     * @param codes the jars to look for an implementation in, first come first; empty for the nodes' class path
     * @param implementation the class that is wanted, or empty for the first declared
     */
    record Origin(String alias, String type, List<String> codes, String implementation) {}

    // From the directory to hosts.

    /**
     * Become the first home of an object.
     *
     * @param args the constructor's arguments; ignored when there is a state
     * @param state to go on from, or null
     */
    record Create(long object, long epoch, Origin origin, byte[] args, byte @Nullable [] state, long version)
            implements ObjectMessage {}

    /**
     * You are the home, in this epoch, and these nodes hold copies.
     *
     * @param revision of two assignments of an epoch the one with the higher revision holds
     * @param stores whether every update goes to the disk too
     */
    record Assign(long object, long epoch, long revision, List<Integer> members, boolean stores)
            implements ObjectMessage {}

    /** You are the home no more: finish what runs, and send back what waits. */
    record Retire(long object, long epoch) implements ObjectMessage {}

    /**
     * Forget the object.
     *
     * @param forever because it was deleted, so that no late message brings it back
     */
    record Drop(long object, long ticket, boolean forever) implements ObjectMessage {}

    // From hosts to the directory.

    /** The object exists; or it does not, for this reason. */
    record Created(
            long object,
            long epoch,
            String implementation,
            String code,
            @Nullable Problem problem) implements ObjectMessage {}

    /** All members of that revision are in step; or they cannot be, for this reason. */
    record Assigned(
            long object,
            long epoch,
            long revision,
            long bytes,
            @Nullable Problem problem) implements ObjectMessage {}

    /** Nothing runs here as at a home any more. */
    record Retired(long object, long epoch) implements ObjectMessage {}

    /**
     * A node has no room for more objects, or has again; of no object in particular.
     *
     * @param full why, or empty
     */
    record Room(String full) implements ObjectMessage {
        @Override
        public long object() {
            return 0;
        }
    }

    /** It is forgotten. */
    record Dropped(long object, long ticket) implements ObjectMessage {}

    // From a home to its members, and back.

    /**
     * The state after an update, which is not to be shown before {@link Commit}.
     *
     * @param origin for a node that is to become a member; else null
     */
    record Prepare(
            long object,
            long epoch,
            long version,
            byte[] state,
            @Nullable Origin origin) implements ObjectMessage {}

    /** I have it. */
    record Prepared(long object, long epoch, long version) implements ObjectMessage {}

    /** All have it: show it. */
    record Commit(long object, long epoch, long version) implements ObjectMessage {}

    /** To the directory's node: put this on disk. */
    record Store(long object, long epoch, long version, byte[] state) implements ObjectMessage {}

    /** It is on disk; or could not be put there. */
    record Stored(
            long object, long epoch, long version, @Nullable Problem problem) implements ObjectMessage {}

    // From callers to hosts, and back.

    /** What is called. */
    enum Kind {
        /** A method that may change the object. */
        UPDATE,
        /** A method that reads. */
        READ,
        /** The state and its version. */
        SNAPSHOT,
        /** To take the state in the arguments. */
        RESTORE,
        /** The version alone. */
        VERSION
    }

    /**
     * A call.
     *
     * @param number rising, and unique to the calling node
     * @param timeoutMillis how long after its arrival it may still begin
     */
    record Call(long object, long number, Kind kind, String method, String descriptor, byte[] args, long timeoutMillis)
            implements ObjectMessage {

        boolean exclusive() {
            return kind == Kind.UPDATE || kind == Kind.RESTORE;
        }
    }

    /** How a call ended. */
    enum Status {
        /** With a value, or nothing. */
        RETURNED,
        /** The method threw: the exception follows, as {@code Thrown} writes it. */
        THREW,
        /** It did not run: the object is not here, or not as the home. */
        NOT_HERE,
        /** It did not run, for want of time. */
        EXPIRED,
        /** For another reason, which follows as a {@link Problem}. */
        FAILED
    }

    /** An answer. */
    record Answer(long object, long number, Status status, byte[] data) implements ObjectMessage {}

    /** A reason, and its message. */
    record Problem(Reason reason, String message) {}
}
