package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import dev.kiln.tasks.ObjectInfo;
import java.util.List;

/** What an {@link ObjectRequest} is answered. */
public sealed interface ObjectReply {

    /** It cannot be done. */
    record Failed(Problem problem) implements ObjectReply {}

    /** It is done. */
    record Done() implements ObjectReply {}

    /** A number. */
    record Count(long value) implements ObjectReply {}

    /** Lines for people. */
    record Text(String text) implements ObjectReply {}

    /** Objects. */
    record Infos(List<ObjectInfo> all) implements ObjectReply {}

    /** What a call returned or threw. */
    record Value(Status status, byte[] data) implements ObjectReply {}
}
