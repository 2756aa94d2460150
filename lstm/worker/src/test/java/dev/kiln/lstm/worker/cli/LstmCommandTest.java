package dev.kiln.lstm.worker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LstmCommandTest {

    private final Session kiln = new Session();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void training_prints_one_json_object_of_the_names_agreed() throws IOException {
        assertEquals(0, train(waves("w.csv", 200), "--json"), kiln.complained());
        JsonNode json = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(
                List.of(
                        "metrics",
                        "persistence",
                        "trainSeconds",
                        "trainCpuSeconds",
                        "evalSeconds",
                        "peakMemoryMb",
                        "seed",
                        "epochs",
                        "engine",
                        "protocol",
                        "epochsTrained",
                        "loss",
                        "stoppedEarly",
                        "rows",
                        "trainingRows",
                        "parameters"),
                List.copyOf(json.propertyNames()));
        for (String which : List.of("metrics", "persistence")) {
            assertEquals(List.of("a", "b"), List.copyOf(json.get(which).propertyNames()));
            assertEquals(
                    List.of("mse", "mae", "smape", "rmse"),
                    List.copyOf(json.get(which).get("a").propertyNames()));
        }
        assertEquals(3, json.get("epochs").asInt());
        assertEquals("java", json.get("engine").asString());
        assertEquals("paper-as-written", json.get("protocol").asString());
        assertEquals(160, json.get("trainingRows").asInt());
        assertTrue(json.get("peakMemoryMb").asDouble() > 1);
    }

    @Test
    void training_prints_a_table_for_people() throws IOException {
        assertEquals(0, train(waves("w.csv", 200)));
        List<String> lines = kiln.printed().lines().toList();
        assertEquals("rows             200, of them 160 to train on", lines.getFirst());
        assertTrue(lines.stream().anyMatch(l -> l.startsWith("b, persistence")));
    }

    @Test
    void the_protocol_as_coded_trains_twice_as_long() throws IOException {
        Path file = waves("w.csv", 100);
        assertEquals(0, train(file, "--json", "--protocol=paper-as-coded"));
        JsonNode coded = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(6, coded.get("epochsTrained").asInt());
        assertTrue(kiln.shown().matches("training 6/6 epochs, loss 0\\.\\d{5}"), kiln.shown());
        assertEquals(0, train(file, "--json", "--epochs=6"));
        assertEquals(
                coded.get("loss"), JsonMapper.shared().readTree(kiln.printed()).get("loss"));
    }

    @Test
    void the_same_seed_gives_the_same_file_and_another_seed_another() throws IOException {
        Path file = waves("w.csv", 100);
        assertEquals(0, train(file, "--model", folder.resolve("1").toString()));
        assertEquals(0, train(file, "--model", folder.resolve("2").toString()));
        assertEquals(0, train(file, "--model", folder.resolve("3").toString(), "--seed=5"));
        byte[] first = Files.readAllBytes(folder.resolve("1"));
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("2")));
        assertNotEquals(-1, Arrays.mismatch(first, Files.readAllBytes(folder.resolve("3"))));
    }

    @Test
    void a_model_forecasts() throws IOException {
        Path file = waves("w.csv", 100);
        Path model = folder.resolve("m.lstm");
        assertEquals(0, train(file, "--model", model.toString(), "--horizon=3"));
        assertEquals(0, kiln.run("lstm", "forecast", model.toString(), file.toString(), "--steps", "7"));
        List<String> lines = kiln.printed().lines().toList();
        assertEquals("  step            a            b", lines.getFirst());
        assertEquals(8, lines.size());
        Path plot = folder.resolve("p.png");
        assertEquals(0, kiln.run("lstm", "forecast", model.toString(), file.toString(), "--json", "--plot=" + plot));
        BufferedImage drawn = ImageIO.read(plot.toFile());
        assertEquals(900, drawn.getWidth());
        JsonNode json = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(12, json.get("steps").asInt());
        assertEquals(12, json.get("forecast").get("b").size());
        assertEquals(2, kiln.run("lstm", "forecast", model.toString(), file.toString(), "--plot=p.svg"));
        assertEquals("--plot p.svg: expected a name that ends with .png", kiln.complained());
    }

    @Test
    void a_table_over_seeds_has_means_and_deviations() throws IOException {
        Path file = waves("w.csv", 100);
        String[] table = {
            "lstm", "accuracy-table", file.toString(), "--target=a", "--seeds=2", "--epochs=1", "--hidden=4"
        };
        assertEquals(0, kiln.run(table), kiln.complained());
        assertTrue(kiln.printed().startsWith("2 seeds from 1, engine java, paper-as-written, 1 epochs"));
        assertTrue(kiln.printed().contains(" +- "));
    }

    @Test
    void training_on_a_node_gives_the_same_file_as_training_here() throws IOException {
        Path file = waves("w.csv", 100);
        assertEquals(0, train(file, "--model", folder.resolve("here").toString()));
        assertEquals(0, kiln.started());
        assertEquals(
                0,
                train(file, "--model", folder.resolve("there").toString(), "--nodes=2", "--on=local-1"),
                kiln.complained());
        assertEquals(1, kiln.started());
        assertArrayEquals(Files.readAllBytes(folder.resolve("here")), Files.readAllBytes(folder.resolve("there")));
        assertEquals(2, train(file, "--on=nowhere"));
        assertEquals("--on nowhere: there is no such node; found local-0", kiln.complained());
    }

    @ParameterizedTest
    @CsvSource({"step", "epoch"})
    void training_by_parts_prints_the_same_on_one_node_and_on_two(String when) throws IOException {
        Path file = waves("w.csv", 100);
        assertEquals(0, train(file, "--json", "--parallel", when, "--parts=2"), kiln.complained());
        JsonNode one = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(0, train(file, "--json", "--parallel", when, "--nodes=2", "--slots=1"));
        JsonNode two = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(one.get("metrics"), two.get("metrics"));
        assertEquals(one.get("loss"), two.get("loss"));
    }

    @Test
    void federated_training_writes_a_model() throws IOException {
        Path one = waves("one.csv", 60);
        Path two = waves("two.csv", 90);
        String model = folder.resolve("m.lstm").toString();
        String[] rounds = {
            "lstm",
            "federated",
            one.toString(),
            two.toString(),
            "--target=a,b",
            "--hidden=5",
            "--epochs=4",
            "--local-epochs=2",
            "--model=" + model,
            "--json"
        };
        assertEquals(0, kiln.run(rounds), kiln.complained());
        JsonNode json = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(2, json.get("rounds").asInt());
        assertEquals(2, json.get("losses").size());
        assertEquals(0, kiln.run("lstm", "forecast", model, one.toString()));
        rounds[7] = "--local-epochs=3";
        assertEquals(2, kiln.run(rounds));
        assertEquals("--local-epochs 3: expected a divisor of --epochs 4", kiln.complained());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nodes 2|--nodes 2: expected with --parallel or --on",
                "--parts 2|--parts 2: expected with --parallel only",
                "--parallel never|--parallel never: expected one of step, epoch",
                "--parallel step --on local-0|--on local-0: expected without --parallel",
                "--parallel step --protocol paper-as-coded|--protocol paper-as-coded: expected paper-as-written",
                "--parallel step --patience 2|--patience: expected without --parallel",
                "--parallel step --parts 0|--parts 0: expected 1 to 1000000",
                "--target a,c|there is no column 'c'; found time, a, b",
                "--target a c|there is no column 'c'; found time, a, b",
                "--target a,a|--target a,a: expected names of columns, each once",
                "--epochs 0|--epochs 0: expected 1 to 1000000",
                "--hidden 0|--hidden 0: expected 1 to 4096",
                "--layers 17|--layers 17: expected 1 to 16",
                "--batch 0|--batch 0: expected 1 to 1000000",
                "--learning-rate 0|--learning-rate 0: expected a number above 0",
                "--learning-rate x|--learning-rate x: expected a number above 0",
                "--clip -1|--clip -1: expected 0 or a number above",
                "--validation 1|--validation 1: expected below 1",
                "--test-part 1|--test-part 1: expected below 1",
                "--engine jax|--engine jax: expected one of java, torch",
                "--engine torch|--engine torch: LibTorch is not installed; docs/lstm.md says how",
                "--protocol mine|--protocol mine: expected one of paper-as-written, paper-as-coded",
                "--window 90|expected at least 91 rows to train on, for a window of 90 and a horizon of 1; found 80 of 100",
                "--window 20|expected at least 21 rows to test on, for a window of 20 and a horizon of 1; found 20 of 100",
                "--model no/such/m.lstm|there is no folder",
            })
    void options_out_of_range_are_refused_in_one_line(String options, String message) throws IOException {
        Path file = waves("w.csv", 100);
        var args = new ArrayList<>(List.of("lstm", "train", file.toString()));
        if (!options.startsWith("--target")) {
            args.add("--target=a,b");
        }
        args.addAll(List.of(options.split(" ")));
        assertEquals(2, kiln.run(args.toArray(String[]::new)));
        assertTrue(kiln.complained().contains(message), kiln.complained());
        assertEquals(1, kiln.complained().lines().count());
        assertEquals(0, kiln.started());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,a,b\\n1,2,3\\n2,x,4|:3:3: expected a number in a, found 'x'",
                "time,a,b\\n1,2,3\\n2,,4|:3:3: expected a number in a, found nothing",
                "time,a,b\\n1,2,NaN|:2:5: expected a number in b, found 'NaN'",
                "time,a,b\\n1,2,1e999|:2:5: expected a number in b, found '1e999'",
                "time,a,b\\n1,2|:2: expected 3 fields, found 2",
                "time,a,b|expected rows after the names of the columns, found none",
                "''|expected a first line with the names of the columns, found an empty file",
            })
    void what_is_wrong_with_a_file_is_said_with_its_place(String text, String message) throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.csv"), text.replace("\\n", "\n"));
        assertEquals(2, train(bad));
        assertTrue(kiln.complained().startsWith(bad + ":"), kiln.complained());
        assertTrue(kiln.complained().contains(message), kiln.complained());
        assertEquals(1, kiln.complained().lines().count());
    }

    @Test
    void a_model_that_is_none_or_damaged_or_of_another_version_is_refused() throws IOException {
        Path file = waves("w.csv", 100);
        Path model = folder.resolve("m.lstm");
        assertEquals(0, train(file, "--model", model.toString()));
        byte[] bytes = Files.readAllBytes(model);
        assertForecastRefused(file, file, ": not a model of kiln lstm; expected a file that");
        Files.write(model, Arrays.copyOf(bytes, bytes.length / 2));
        assertForecastRefused(model, file, ": the model is cut short after ");
        byte[] other = bytes.clone();
        other[8] = 2;
        Files.write(model, other);
        assertForecastRefused(model, file, ": the model is of format 2, this Kiln reads format 1; train it again");
        byte[] damaged = bytes.clone();
        damaged[bytes.length / 2]++;
        Files.write(model, damaged);
        assertForecastRefused(model, file, ": the model is damaged: its checksum does not match");
        Files.write(model, bytes);
        Path few = waves("few.csv", 5);
        assertEquals(2, kiln.run("lstm", "forecast", model.toString(), few.toString()));
        assertEquals(few + ": expected at least the 6 rows that the network sees, found 5", kiln.complained());
    }

    private void assertForecastRefused(Path model, Path file, String message) {
        assertEquals(2, kiln.run("lstm", "forecast", model.toString(), file.toString()));
        assertTrue(kiln.complained().startsWith(model + message), kiln.complained());
        assertEquals(1, kiln.complained().lines().count());
    }

    @Test
    void lstm_alone_asks_for_a_subcommand() {
        assertEquals(2, kiln.run("lstm"));
        assertTrue(kiln.complained().startsWith("lstm: expected train"));
    }

    private int train(Path file, String... more) {
        var args = new ArrayList<>(List.of("lstm", "train", file.toString(), "--target=a,b", "--hidden=5"));
        args.addAll(List.of(more));
        if (args.stream().noneMatch(a -> a.startsWith("--epochs"))) {
            args.add("--epochs=3");
        }
        return kiln.run(args.toArray(String[]::new));
    }

    private Path waves(String name, int rows) throws IOException {
        var text = new StringBuilder("time,a,b\n");
        for (int i = 0; i < rows; i++) {
            text.append(String.format(
                    Locale.ROOT, "t%d,%.4f,%.4f%n", i, 50 + 10 * Math.sin(i / 5.0), 3 + Math.cos(i / 7.0)));
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
