package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Training in a cluster, from a client that has little, and what the table says of it. */
final class OffloadIT {

    private static final List<String> CLIENT = List.of("kiln-client", "kiln-engine", "kiln-runtime", "kiln-tasks");
    private static final double MOST_INSTALLED_MB = 130;
    private static final double MOST_RESIDENT_MB = 110;

    private final Distribution kiln = Distribution.built();

    private Ran makeClient(String... args) throws Exception {
        return Ran.of(
                Path.of("/"), Map.of(), kiln.home.resolve("bin/make-client").toString(), args);
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.replaceFirst("-\\d.*", ""))
                    .sorted()
                    .toList();
        }
    }

    private static double megabytes(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    * 1e-6;
        }
    }

    @Test
    void a_client_has_four_jars_which_the_page_lists_and_a_small_java(@TempDir Path folder) throws Exception {
        Path client = folder.resolve("a client");
        Ran made = makeClient(client.toString());
        assertEquals(0, made.code(), made.err());
        assertEquals(CLIENT, names(client.resolve("lib")));
        String page = Files.readString(Path.of("../docs/active-objects.md"));
        for (String jar : CLIENT) {
            assertTrue(page.contains("`" + jar + "`"), jar);
        }
        assertTrue(megabytes(client) <= MOST_INSTALLED_MB, "takes " + megabytes(client) + " MB");
        Ran java = Ran.of(folder, Map.of(), client.resolve("runtime/bin/java").toString(), "--list-modules");
        assertTrue(java.out().matches("java\\.base@\\d+\\S*\n"), java.toString());
        Ran program = Ran.of(folder, Map.of(), client.resolve("run").toString(), "dev.kiln.client.Rehearsal");
        assertEquals(new Ran(0, "", ""), program);
    }

    @Test
    void wrong_use_of_make_client_is_one_line(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("mine"), "");
        for (Ran ran : List.of(
                makeClient(),
                makeClient(folder.toString()),
                makeClient(folder.resolve("new").toString(), "kiln-nothing"))) {
            assertEquals(2, ran.code(), ran.toString());
            assertEquals(1, ran.err().lines().count(), ran.err());
            assertTrue(ran.err().startsWith("make-client: "), ran.err());
        }
    }

    @Test
    void a_light_client_has_a_network_trained_in_another_process_as_one_process_does() throws Exception {
        Ran ran = kiln.run("lstm", "offload-table", "--quick", "--json");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("", ran.err());
        JsonNode table = JsonMapper.shared().readTree(ran.out());
        assertEquals(1, table.get("runs").asInt());
        assertTrue(table.get("sameModels").asBoolean(), ran.out());
        double peak = table.get("client").get("memoryPeak").asDouble();
        assertTrue(peak > 10 && peak <= MOST_RESIDENT_MB, "the client had " + peak + " MB");
        double size = table.get("clientSize").get("kiln").asDouble()
                + table.get("clientSize").get("runtime").asDouble();
        assertTrue(size > 10 && size <= MOST_INSTALLED_MB, "the client takes " + size + " MB");
        for (String process : List.of("alone", "client", "server", "aggregate")) {
            for (String figure : List.of("memoryMean", "memoryPeak", "train", "eval", "total")) {
                assertTrue(table.get(process).get(figure).isNumber(), process + " " + figure + " in " + ran.out());
            }
        }
        assertTrue(table.get("accuracy").get("CPU").get("mse").get("mean").asDouble() > 0, ran.out());
        kiln.leftNothingRunning();
    }

    @Test
    void where_libtorch_is_missing_the_table_has_dashes_and_says_so() throws Exception {
        Ran ran = Ran.of(
                Path.of("/"),
                Map.of("KILN_TORCH", "/nowhere"),
                kiln.home.resolve("bin/kiln").toString(),
                "lstm",
                "offload-table",
                "--quick",
                "--engine=torch");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("LibTorch is not installed, so nothing was trained"), ran.out());
        for (int table : new int[] {1, 5, 6}) {
            assertTrue(ran.out().contains("\nTable " + table + ": "), ran.out());
        }
        assertTrue(ran.out().contains("\nTables 2 to 4: "), ran.out());
        ran.out().lines().forEach(line -> assertTrue(line.length() <= 120, line));
    }

    @Test
    void wrong_options_of_the_table_are_one_line() throws Exception {
        kiln.refuses(List.of("--repeats 0: expected 1 to 1000"), "lstm", "offload-table", "--repeats", "0");
        kiln.refuses(List.of("nowhere.csv: no such file"), "lstm", "offload-table", "/nowhere.csv");
        kiln.refuses(List.of("there is no column 'x'"), "lstm", "offload-table", "--target", "x");
    }
}
