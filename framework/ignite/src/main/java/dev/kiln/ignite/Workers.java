package dev.kiln.ignite;

import dev.kiln.runtime.driver.Driver;
import dev.kiln.runtime.driver.DriverOptions;
import dev.kiln.runtime.node.NodeOptions;
import dev.kiln.runtime.node.NodeWorker;
import dev.kiln.tasks.WorkflowOptions;
import java.util.function.Consumer;

/** Joins what carries to what runs tasks and what drives workflows. */
final class Workers {

    /** What runs tasks on every node. */
    static final IgniteNode.WorkerMaker ALL =
            (node, link) -> new NodeWorker(new NodeOptions(node.rank(), node.name(), node.slots()), link);

    private Workers() {}

    static Driver open(
            DriverLink drivers,
            int founders,
            String code,
            ClassLoader program,
            WorkflowOptions wish,
            Consumer<String> notes) {
        // The workers of the node in this JVM may do the driver's work. Ignite's threads, which bring the answers of
        // others, must not be kept.
        DriverOptions options = founders == 1
                ? DriverOptions.inJvm(1)
                : DriverOptions.remote(founders).withOwnNode(0);
        return Driver.open(drivers, code, program, options.with(wish).withNotes(notes));
    }
}
