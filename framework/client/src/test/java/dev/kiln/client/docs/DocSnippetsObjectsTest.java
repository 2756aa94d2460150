package dev.kiln.client.docs;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.client.KilnClient;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.runtime.remote.Gateway;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.DocSnippets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/active-objects.md, run. */
class DocSnippetsObjectsTest implements DocSnippetsObjects {

    private static final String HERE = "framework/client/src/test/java/dev/kiln/client/docs/";

    private static ActiveObject<Stock> created(Workflow wf) {
        // snippet: create
        ActiveObject<Stock> stock = wf.object(Stock.class)
                .as("main-store") // other programs find it by this name
                .on(node("local-1")) // where it lives; anywhere without this
                .backups(1) // one further node has every answered update
                .create("apples"); // the arguments of the implementation's constructor
        // end
        return stock;
    }

    @Test
    void the_programs_run(@TempDir Path folder) throws Exception {
        try (var cluster = LocalCluster.start(3, 2);
                var wf = new Workflow(cluster.open(getClass().getClassLoader()));
                var gateway = Gateway.open(cluster.objects(), new NoControl(), 0, Instant.now())) {
            ActiveObject<Stock> stock = created(wf);
            // snippet: call
            Ref<Integer> six = stock.update(Stock::add).submit(value("apples"), value(6));
            Ref<Integer> now = stock.task(Stock::count).submit(value("apples")); // sees the six
            Stock plain = stock.stub(); // existing code takes this as its Stock
            int nine = plain.add("apples", 3);
            // end
            assertEquals(List.of(6, 9), List.of(six.get(), nine));
            assertTrue(now.get() == 6 || now.get() == 9, "found " + now.get());
            // snippet: manage
            long version = stock.snapshot();
            plain.set("apples", 0);
            stock.restore(version); // nine apples again
            stock.replicate(2); // reads run on three nodes now
            stock.move("local-0"); // calls follow it
            stock.timeout(Duration.ofSeconds(5)).stub().set("pears", 1);
            // end
            assertEquals(9, plain.count("apples"));
            Path tokenFile = folder.resolve("cluster.token");
            gateway.contact().write(tokenFile);
            // snippet: client
            try (var kiln = KilnClient.connect(tokenFile)) {
                Stock far = kiln.object(Stock.class).named("main-store").stub();
                int apples = far.count("apples");
                // end
                assertEquals(9, apples);
            }
        }
    }

    @Test
    void the_page_repeats_what_is_compiled() {
        assertEquals(
                List.of(),
                DocSnippets.problems(
                        "docs/active-objects.md",
                        HERE + "DocSnippetsObjects.java",
                        HERE + "DocSnippetsObjectsTest.java"));
    }

    private record NoControl() implements Gateway.Control {
        @Override
        public String status() {
            return "up";
        }

        @Override
        public void stop() {}
    }
}
