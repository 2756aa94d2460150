package dev.kiln.csvm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TuneCommandTest {

    private final Session kiln = new Session();

    @TempDir
    private Path folder = Path.of("");

    private Path rings = Path.of("");

    /** A ring around a disc: no gamma near 0 tells them apart, and too large a gamma learns rows by heart. */
    @BeforeEach
    void writeRings() throws IOException {
        var random = new Random(2);
        var text = new StringBuilder("a,b,class\n");
        for (int i = 0; i < 300; i++) {
            boolean inner = random.nextInt(3) == 0;
            double radius = (inner ? 1 : 3) + random.nextGaussian() / 2;
            double angle = 2 * Math.PI * random.nextDouble();
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s%n",
                    radius * Math.cos(angle),
                    radius * Math.sin(angle),
                    inner ? "in" : "out"));
        }
        rings = Files.writeString(folder.resolve("rings.csv"), text);
    }

    @Test
    void the_best_pair_is_found_and_the_command_trains_with_it() throws IOException {
        JsonNode json = run("--c", "10,0.1,1", "--gamma", "0.0001,0.5,500", "--json");
        assertEquals(9, json.get("cells").size());
        assertEquals(0.1, json.get("cells").get(0).get("c").asDouble());
        assertEquals(0.5, json.get("best").get("gamma").asDouble());
        assertTrue(json.get("best").get("accuracy").asDouble() > 0.9, json.toString());
        assertTrue(json.get("cells").get(0).get("accuracy").asDouble() < 0.8);
        String command = json.get("command").asString();
        assertTrue(command.startsWith("kiln csvm train "), command);
        assertTrue(command.contains(" --positive in --c "), command);
        String[] words = command.substring("kiln ".length()).split(" ");
        assertEquals(0, kiln.run(words), kiln.complained());
    }

    @Test
    void the_figures_are_the_same_on_any_cluster() throws IOException {
        JsonNode one = run("--slots", "1", "--json");
        JsonNode many = run("--nodes", "3", "--slots", "2", "--json");
        assertEquals(one.get("cells"), many.get("cells"));
        JsonNode other = run("--seed", "2", "--json");
        assertTrue(!one.get("cells").equals(other.get("cells")), "another seed draws other folds");
    }

    @Test
    void several_classes_are_tuned_together_and_the_command_trains_with_them() throws IOException {
        Path three = Files.writeString(
                folder.resolve("three.csv"),
                Files.readString(rings)
                        .lines()
                        .map(l -> l.startsWith("-") ? l.replaceAll("\\w+$", "left") : l)
                        .collect(Collectors.joining("\n")));
        for (String how : new String[] {"ovo", "ovr"}) {
            assertEquals(
                    0,
                    kiln.run(
                            "csvm",
                            "tune",
                            three.toString(),
                            "--c",
                            "10",
                            "--gamma",
                            "0.0001,0.5",
                            "--multiclass",
                            how,
                            "--class-weight",
                            "balanced",
                            "--json"),
                    kiln.complained());
            JsonNode json = JsonMapper.shared().readTree(kiln.printed());
            assertEquals(0.5, json.get("best").get("gamma").asDouble());
            assertTrue(json.get("best").get("accuracy").asDouble() > 0.85, json.toString());
            String command = json.get("command").asString();
            assertTrue(command.contains(" --multiclass " + how + " --class-weight balanced --c 10"), command);
            assertEquals(0, kiln.run(command.substring("kiln ".length()).split(" ")), kiln.complained());
        }
    }

    @Test
    void classes_and_rows_may_weigh_more() throws IOException {
        JsonNode heavy = run("--c", "0.1", "--gamma", "0.5", "--class-weight", "in=9", "--json");
        JsonNode equal = run("--c", "0.1", "--gamma", "0.5", "--json");
        assertTrue(!heavy.get("cells").equals(equal.get("cells")), heavy.toString());
        assertTrue(heavy.get("command").asString().contains(" --class-weight in=9 "));
        Path weighed = Files.writeString(
                folder.resolve("weighed.csv"),
                Files.readString(rings)
                        .lines()
                        .map(l -> (l.startsWith("a") ? "w," : l.startsWith("-") ? "0.2," : "1,") + l)
                        .collect(Collectors.joining("\n")));
        assertEquals(
                0,
                kiln.run(
                        "csvm",
                        "tune",
                        weighed.toString(),
                        "--positive",
                        "in",
                        "--weight",
                        "w",
                        "--c",
                        "1",
                        "--gamma",
                        "0.5"),
                kiln.complained());
        assertTrue(kiln.printed().contains(" --weight w --c 1"), kiln.printed());
        assertEquals(2, kiln.run(args("--class-weight", "blue=2")));
        assertEquals("--class-weight blue=2: there is no such class; the classes are in, out", kiln.complained());
    }

    @Test
    void a_table_marks_the_best_pair() throws IOException {
        assertEquals(0, kiln.run(args("--c", "1,10", "--gamma", "0.5")));
        List<String> lines = kiln.printed().lines().toList();
        assertEquals(5, lines.size());
        assertEquals(1, lines.stream().filter(l -> l.endsWith("  best")).count());
        assertTrue(lines.getLast().startsWith("kiln csvm train "));
    }

    @Test
    void few_rows_may_be_cut_into_as_many_folds_and_not_into_more() throws IOException {
        Path few = Files.writeString(folder.resolve("few.csv"), "a,class\n1,p\n2,p\n3,p\n7,n\n8,n\n9,n\n");
        assertEquals(
                0,
                kiln.run(
                        "csvm",
                        "tune",
                        few.toString(),
                        "--positive",
                        "p",
                        "--folds",
                        "6",
                        "--block-rows",
                        "2",
                        "--gamma",
                        "0.1",
                        "--c",
                        "10"),
                kiln.complained());
        assertEquals(2, kiln.run("csvm", "tune", few.toString(), "--positive", "p", "--folds", "7"), kiln.printed());
        assertEquals(few + ": 7 folds of 6 rows; expected at most as many folds as rows", kiln.complained());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--c 1,x|--c x: expected a number above 0",
                "--gamma 0|--gamma 0: expected a number above 0",
                "--folds 1|--folds 1: expected 2 or more",
                "--block-rows 0|--block-rows 0: expected 1 or more",
            })
    void options_out_of_range_are_refused_before_a_node_is_started(String options, String message) {
        assertEquals(2, kiln.run("csvm", "tune", rings.toString(), options.split(" ")[0], options.split(" ")[1]));
        assertEquals(message, kiln.complained());
        assertEquals(0, kiln.started());
    }

    private JsonNode run(String... more) throws IOException {
        assertEquals(0, kiln.run(args(more)), kiln.complained());
        return JsonMapper.shared().readTree(kiln.printed());
    }

    private String[] args(String... more) {
        List<String> all =
                new ArrayList<>(List.of("csvm", "tune", rings.toString(), "--positive", "in", "--block-rows", "40"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
