package dev.kiln.runtime.node;

import dev.kiln.runtime.checkpoint.ValueFile;
import dev.kiln.runtime.codec.NotEncodableException;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Values to files of a checkpoint and back. Thread-safe; its methods wait for the file system. */
final class CheckpointIo {

    private CheckpointIo() {}

    /** Runs it on one of these threads; not at all where the node is closing, as nobody waits for it then. */
    static void begin(Executor threads, Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException closing) {
            // As said.
        }
    }

    /** The value in a file; null when it is not to be had. */
    static @Nullable Payload read(@Nullable String file) {
        try {
            return file == null ? null : new Payload.Encoded(ValueFile.read(Path.of(file)));
        } catch (IOException damaged) {
            return null;
        }
    }

    /** Writes a value; the answer owed. */
    static ToDriver.Saved save(ToNode.SaveValue order, Payload.Live found, TaskRunner code) {
        try {
            byte[] data = code.encoded(found);
            ValueFile.write(Path.of(order.file()), data);
            return new ToDriver.Saved(order.value(), ToDriver.Saved.Result.DONE, data.length, null);
        } catch (NotEncodableException e) {
            return new ToDriver.Saved(order.value(), ToDriver.Saved.Result.NOT_ENCODABLE, 0, TaskRunner.oneLine(e));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return new ToDriver.Saved(order.value(), ToDriver.Saved.Result.FAILED, 0, TaskRunner.oneLine(e));
        }
    }
}
