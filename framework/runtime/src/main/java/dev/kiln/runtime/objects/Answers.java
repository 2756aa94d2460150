package dev.kiln.runtime.objects;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.objects.ObjectMessage.Answer;
import dev.kiln.runtime.objects.ObjectMessage.Call;
import dev.kiln.runtime.objects.ObjectMessage.Kind;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import java.nio.ByteBuffer;

/** Answers to calls, from what came of them. */
final class Answers {

    private Answers() {}

    /** What the method returned or threw. */
    static Answer of(Call call, Seat.Ran ran) {
        return new Answer(call.object(), call.number(), ran.status(), ran.data());
    }

    /** Of a call that read; of a snapshot, the version and the state. */
    static Answer read(Call call, Seat.Ran ran, long version) {
        Problem problem = ran.noState();
        if (problem != null) {
            return failed(call.object(), call.number(), problem);
        }
        byte[] state = ran.state();
        if (call.kind() != Kind.SNAPSHOT || state == null) {
            return of(call, ran);
        }
        byte[] both = ByteBuffer.allocate(Long.BYTES + state.length)
                .putLong(version)
                .put(state)
                .array();
        return new Answer(call.object(), call.number(), Status.RETURNED, both);
    }

    /** The version alone. */
    static Answer version(Call call, long version) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(version).array();
        return new Answer(call.object(), call.number(), Status.RETURNED, number);
    }

    /** It could not be done. */
    static Answer failed(long object, long call, Problem problem) {
        var sink = new ByteSink();
        ObjectWire.problem(problem, sink);
        return new Answer(object, call, Status.FAILED, sink.toBytes());
    }
}
