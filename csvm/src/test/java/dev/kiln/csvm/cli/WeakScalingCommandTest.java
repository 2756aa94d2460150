package dev.kiln.csvm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WeakScalingCommandTest {

    private final Session kiln = new Session();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void fifteen_classes_are_told_apart_on_one_processor_and_on_two() throws Exception {
        Path csv = folder.resolve("f.csv");
        Path plot = folder.resolve("f.png");
        JsonNode points = run("--processors", "1,2", "--csv", csv.toString(), "--plot", plot.toString(), "--json");
        assertEquals(2, points.size());
        assertEquals(1, points.get(0).get("efficiency").asDouble());
        assertEquals(3 * 60, points.get(0).get("rows").asInt());
        assertEquals(6 * 60, points.get(1).get("rows").asInt());
        assertEquals(2, points.get(1).get("nodes").asInt());
        assertEquals(3, points.get(1).get("rounds").asInt());
        assertTrue(points.get(1).get("accuracy").asDouble() > 0.99, points.toString());
        // Labels, classes, rows and their counts; three passes of six leaves and, two by two, 3 + 1 + 1 joins; one look
        // and the
        // losses.
        assertEquals(
                6 + 1 + 6 + 6 + 3 * (6 + 3 + 1 + 1) + (6 + 1) + (6 + 1),
                points.get(1).get("tasks").asInt());
        List<String> lines = Files.readAllLines(csv);
        assertEquals(3, lines.size());
        assertTrue(lines.getFirst().startsWith("processors,nodes,slots,blocks,"));
        assertEquals(800, ImageIO.read(plot.toFile()).getWidth());
    }

    @Test
    void the_same_support_vectors_are_found_wherever_tasks_run() throws IOException {
        for (String[] how : new String[][] {{"classes", "classic"}, {"classes", "violators"}, {"binary", "classic"}}) {
            List<String> which = List.of("--processors", "3", "--target", how[0], "--feedback", how[1], "--json");
            JsonNode near = run(which.toArray(String[]::new)).get(0);
            List<String> anywhere = new ArrayList<>(which);
            anywhere.addAll(List.of("--placement", "random"));
            JsonNode random = run(anywhere.toArray(String[]::new)).get(0);
            assertEquals(near.get("supportVectors"), random.get("supportVectors"));
            assertEquals(near.get("accuracy"), random.get("accuracy"));
            assertEquals(near.get("tasks"), random.get("tasks"));
        }
    }

    @Test
    void slots_may_stand_for_processors_and_violators_for_the_classic_feedback() {
        assertEquals(
                0,
                kiln.run(args(
                        "--processors",
                        "1,2",
                        "--as",
                        "slots",
                        "--target",
                        "binary",
                        "--feedback",
                        "violators",
                        "--repeats",
                        "2")));
        assertEquals(3, kiln.printed().lines().count());
        assertTrue(kiln.notes().contains("training: 2 processors, 6 blocks"));
    }

    @Test
    void with_a_check_passes_end_when_nothing_changes() throws IOException {
        JsonNode point = run("--processors", "1", "--check", "--iterations", "50", "--json")
                .get(0);
        assertTrue(point.get("rounds").asInt() < 50, point.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--processors 0|--processors 0: expected 1 to 1024",
                "--as jvms|--as jvms: expected one of nodes, slots",
                "--placement near|--placement near: expected one of affinity, random",
                "--feedback some|--feedback some: expected one of violators, classic",
                "--nodes 2|--nodes 2: expected with --as slots only",
                "--block-rows 100000000|--block-rows 100000000: expected at most 1000000",
                "--blocks-per-processor 100000000|rows; expected at most",
                "--plot f.svg|--plot f.svg: expected a name that ends with .png",
                "--arity 1|--arity 1: expected 2 or more",
                "--processors 2000|--processors 2000: expected 1 to 1024",
            })
    void options_out_of_range_are_refused_before_a_node_is_started(String options, String message) {
        assertEquals(2, kiln.run(args(options.split(" "))));
        assertTrue(kiln.complained().contains(message), kiln.complained());
        assertEquals(1, kiln.complained().lines().count());
        assertEquals(0, kiln.started());
    }

    private JsonNode run(String... more) throws IOException {
        assertEquals(0, kiln.run(args(more)), kiln.complained());
        return JsonMapper.shared().readTree(kiln.printed());
    }

    private static String[] args(String... more) {
        List<String> given = List.of(more);
        List<String> all = new ArrayList<>(List.of("csvm", "weak-scaling"));
        for (List<String> usual : List.of(
                List.of("--blocks-per-processor", "3"),
                List.of("--block-rows", "60"),
                List.of("--arity", "2"),
                List.of("--iterations", "3"))) {
            if (!given.contains(usual.getFirst())) {
                all.addAll(usual);
            }
        }
        all.addAll(given);
        return all.toArray(String[]::new);
    }
}
