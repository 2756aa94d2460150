package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.runtime.testing.FaultyCluster;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

    private static final CascadeSvmOptions OPTIONS =
            CascadeSvmOptions.builder().c(2).gamma(0.2).build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void what_was_saved_predicts_the_same_after_it_was_loaded() throws IOException {
        Clouds data = Clouds.mixed(120, 3, 0.4, 4);
        try (Workflow wf = InlineBackend.workflow()) {
            var scaler = new StandardScaler().fit(data.xIn(wf, 50));
            var model = new CascadeSvm(OPTIONS)
                    .fit(scaler.transform(data.xIn(wf, 50)), data.yIn(wf, 50))
                    .named("g", "h")
                    .scaledBy(scaler);
            Path file = folder.resolve("m.svm");
            model.save(file);
            var loaded = CascadeSvm.Model.load(file);
            assertArrayEquals(model.decisionFunction(data.x()), loaded.decisionFunction(data.x()));
            assertArrayEquals(
                    model.decisionFunction(data.x()),
                    loaded.decisionFunction(data.xIn(wf, 50)).collect().values());
            assertEquals("g", loaded.positiveLabel());
            assertEquals("h", loaded.negativeLabel());
            assertEquals(model.certificate(), loaded.certificate());
            assertEquals(OPTIONS, loaded.options());
            loaded.save(folder.resolve("again.svm"));
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(folder.resolve("again.svm")));
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(2, files.count(), "no temporary file is left");
            }
        }
    }

    @Test
    void the_file_is_the_same_for_any_number_of_nodes_and_slots() throws IOException {
        Clouds data = Clouds.mixed(600, 4, 0.3, 9);
        byte[] expected = null;
        for (int[] cluster : new int[][] {{1, 1}, {1, 4}, {3, 2}}) {
            try (LocalCluster nodes = LocalCluster.start(cluster[0], cluster[1]);
                    Workflow wf = new Workflow(nodes.open(ModelFileTest.class.getClassLoader()))) {
                Path file = folder.resolve("m.svm");
                data.fit(wf, OPTIONS, 50).save(file);
                byte[] bytes = Files.readAllBytes(file);
                expected = expected == null ? bytes : expected;
                assertArrayEquals(expected, bytes, Arrays.toString(cluster));
            }
        }
    }

    @Test
    void the_file_is_the_same_when_a_node_is_killed_in_the_middle() throws IOException {
        Clouds data = Clouds.mixed(600, 4, 0.3, 9);
        Path file = folder.resolve("m.svm");
        try (Workflow wf = InlineBackend.workflow()) {
            data.fit(wf, OPTIONS, 50).save(file);
        }
        byte[] expected = Files.readAllBytes(file);
        for (int answers : new int[] {15, 40, 70, 100}) {
            try (FaultyCluster nodes = FaultyCluster.start(3, 2, answers, 5);
                    Workflow wf = new Workflow(nodes.open(ModelFileTest.class.getClassLoader()))) {
                nodes.killAfter(1, answers);
                data.fit(wf, OPTIONS, 50).save(file);
                assertEquals(2, wf.nodes().size(), "the node was killed while it trained");
                assertArrayEquals(expected, Files.readAllBytes(file), "killed after " + answers);
            }
        }
    }

    @Test
    void a_file_cut_short_anywhere_is_said_to_be_so() throws IOException {
        byte[] whole = bytesOfAModel();
        for (int length = 1; length < whole.length; length += 1 + length / 50) {
            String message = failure(Arrays.copyOf(whole, length));
            assertTrue(message.contains("cut short"), length + ": " + message);
            assertTrue(message.startsWith(folder.resolve("bad.svm").toString()), message);
        }
        assertTrue(failure(new byte[0]).contains("the file is empty"));
    }

    @Test
    void a_byte_changed_anywhere_is_noticed() throws IOException {
        byte[] whole = bytesOfAModel();
        for (int at = 0; at < whole.length; at += 1 + at / 20) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            failure(changed);
        }
        assertTrue(failure(Arrays.copyOf(whole, whole.length + 1)).contains("damaged"));
    }

    @Test
    void another_version_and_another_kind_of_file_are_told_apart() throws IOException {
        byte[] other = bytesOfAModel();
        other[8] = 3;
        assertTrue(failure(other)
                .endsWith(
                        "the model is of format 3, this Kiln reads formats 1 to 2; train it again with this version"));
        assertTrue(failure("svm_type c_svc\n".getBytes(StandardCharsets.UTF_8))
                .endsWith("not a model; expected a file that kiln csvm train --model wrote"));
        Path missing = folder.resolve("none.svm");
        assertTrue(String.valueOf(assertThrows(BadModelException.class, () -> CascadeSvm.Model.load(missing))
                        .getMessage())
                .contains("no such file"));
    }

    @Test
    void a_model_cannot_be_written_where_there_is_no_folder() {
        try (Workflow wf = InlineBackend.workflow()) {
            var model = Clouds.mixed(20, 2, 1, 1).fit(wf, OPTIONS, 20);
            Path file = folder.resolve("no/such/m.svm");
            assertTrue(String.valueOf(assertThrows(BadModelException.class, () -> model.save(file))
                            .getMessage())
                    .contains("there is no folder"));
        }
    }

    private byte[] bytesOfAModel() throws IOException {
        try (Workflow wf = InlineBackend.workflow()) {
            Path file = folder.resolve("good.svm");
            Clouds.mixed(60, 3, 0.4, 4).fit(wf, OPTIONS, 30).save(file);
            return Files.readAllBytes(file);
        }
    }

    private String failure(byte[] bytes) throws IOException {
        Path file = folder.resolve("bad.svm");
        Files.write(file, bytes);
        return String.valueOf(assertThrows(BadModelException.class, () -> CascadeSvm.Model.load(file))
                .getMessage());
    }
}
