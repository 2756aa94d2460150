package dev.kiln.client;

import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.runtime.remote.Gateway;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.ReadOnly;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Does what every client does, in a cluster inside its own JVM: connects over TLS, creates an object, calls it, deletes it.
 * {@code bin/make-client} has it run once to record a start-up cache, by which clients start in two thirds of the time.
 */
public final class Rehearsal {

    private static final int CALLS = 200;

    private Rehearsal() {}

    /** The object that is called. */
    interface Part {
        int add(int number);

        @ReadOnly
        double[] line(double[] numbers);
    }

    /** What it is on the node. */
    static final class PlainPart implements Part, Serializable {
        private static final long serialVersionUID = 1L;

        private int sum;

        PlainPart() {}

        @Override
        public int add(int number) {
            sum += number;
            return sum;
        }

        @Override
        public double[] line(double[] numbers) {
            return numbers;
        }
    }

    private record Stage() implements Gateway.Control {
        @Override
        public String status() {
            return "";
        }

        @Override
        public void stop() {}
    }

    /**
     * Does it.
     *
     * @param args none
     * @throws IOException when no port or no temporary file is to be had
     */
    public static void main(String[] args) throws IOException {
        Path token = Files.createTempFile("kiln-rehearsal", ".token");
        try (var cluster = LocalCluster.start(1);
                var gateway = Gateway.open(cluster.objects(), new Stage(), 0, Instant.now())) {
            gateway.contact().write(token);
            try (var kiln = KilnClient.connect(token)) {
                ActiveObject<Part> object = kiln.object(Part.class).create();
                Part part = object.stub();
                int sum = 0;
                for (int i = 0; i < CALLS; i++) {
                    sum = part.add(part.line(new double[i]).length);
                }
                if (sum != CALLS * (CALLS - 1) / 2 || kiln.objects().size() != 1) {
                    throw new IllegalStateException("expected the sum of lengths, found " + sum);
                }
                object.delete();
            }
        } finally {
            Files.delete(token);
        }
    }
}
