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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Training for numbers, for outliers, and by descent, from the command line. */
class TaskCommandTest {

    private final Session kiln = new Session();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void numbers_are_learnt_scored_saved_and_predicted() throws IOException {
        Path train = hills("train.csv", 300, 1);
        Path test = hills("test.csv", 100, 2);
        Path model = folder.resolve("m.svm");
        assertEquals(0, kiln.run(regress(train, "--test", test.toString(), "--model", model.toString(), "--json")));
        JsonNode json = JsonMapper.shared().readTree(kiln.printed());
        assertEquals("regress", json.get("task").asString());
        assertEquals(300, json.get("rows").asInt());
        assertEquals(2, json.get("features").asInt());
        assertTrue(json.get("converged").asBoolean());
        assertTrue(json.get("trainScore").asDouble() > 0.9, kiln.printed());
        double score = json.get("testScore").asDouble();
        assertTrue(score > 0.9, kiln.printed());

        assertEquals(0, kiln.run("csvm", "predict", model.toString(), test.toString()));
        List<String> lines = kiln.printed().lines().toList();
        assertEquals(100, lines.size());
        Double.parseDouble(lines.getFirst());
        assertEquals(String.format(Locale.ROOT, "100 rows predicted, R^2 %.4f", score), kiln.complained());

        assertEquals(0, kiln.run("csvm", "predict", model.toString(), bare(test).toString(), "--json"));
        JsonNode bare = JsonMapper.shared().readTree(kiln.printed());
        assertTrue(bare.get("r2").isNull());
        assertEquals(lines.get(7), bare.get("labels").get(7).asString());
    }

    @Test
    void a_table_for_people_tells_r2() throws IOException {
        assertEquals(0, kiln.run(regress(hills("train.csv", 200, 1))));
        assertTrue(kiln.printed().lines().anyMatch(l -> l.startsWith("train R^2        0.9")), kiln.printed());
    }

    @Test
    void outliers_are_found_without_labels() throws IOException {
        Path train = bare(hills("train.csv", 300, 1));
        Path model = folder.resolve("m.svm");
        assertEquals(
                0,
                kiln.run(
                        "csvm",
                        "train",
                        train.toString(),
                        "--task",
                        "outliers",
                        "--nu",
                        "0.05",
                        "--block-rows",
                        "80",
                        "--model",
                        model.toString()));
        assertTrue(kiln.printed().lines().anyMatch(l -> l.startsWith("train outliers")), kiln.printed());
        Path strange = Files.write(folder.resolve("strange.csv"), List.of("0.1,0.1", "80,-80"));
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), strange.toString()));
        assertEquals(List.of("1", "-1"), kiln.printed().lines().toList());
    }

    @Test
    void descent_finds_the_machine_of_the_cascade() throws IOException {
        Path train = classes("train.csv", 400);
        JsonNode cascade = trained(train, "--solver", "cascade");
        JsonNode descent = trained(train, "--solver", "descent");
        double best = cascade.get("dualObjective").asDouble();
        assertEquals(best, descent.get("dualObjective").asDouble(), 1e-4 * best);
        assertTrue(descent.get("converged").asBoolean());
        assertEquals(
                cascade.get("trainAccuracy").asDouble(),
                descent.get("trainAccuracy").asDouble(),
                0.01);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--task guess | --task guess: expected one of classify, regress, outliers",
                "--epsilon 1 | --epsilon 1: expected with --task regress only",
                "--task regress --epsilon -1 | --epsilon -1: expected a number, 0 or more",
                "--task outliers --nu 2 | --nu 2: expected a number above 0 and at most 1",
                "--task regress --positive g | --task regress: expected without --positive, --multiclass, --probability"
                        + " and --class-weight, which are for classes",
                "--task outliers --feedback classic | --task outliers: expected with --feedback violators",
                "--task outliers --weight 1 | --task outliers: expected without --weight",
                "--solver descent | --solver descent: expected with --kernel linear and --task classify, and without"
                        + " --weight",
            })
    void options_that_do_not_fit_are_refused_before_a_node_starts(String options, String message) throws IOException {
        Path train = hills("train.csv", 10, 1);
        assertEquals(
                2,
                kiln.run(Stream.concat(Stream.of("csvm", "train", train.toString()), Stream.of(options.split(" ")))
                        .toArray(String[]::new)));
        assertEquals(message, kiln.complained());
    }

    @Test
    void names_cannot_be_predicted_as_numbers() throws IOException {
        Path train = Files.write(folder.resolve("names.csv"), List.of("1,2,red", "2,3,7"));
        assertEquals(2, kiln.run("csvm", "train", train.toString(), "--task", "regress"));
        assertEquals(train + ": the label 'red' is no number; expected numbers alone", kiln.complained());
    }

    @Test
    void models_without_classes_go_to_libsvm_and_back() throws IOException {
        Path train = hills("train.csv", 80, 1);
        Path model = folder.resolve("m.svm");
        Path exported = folder.resolve("m.model");
        Path again = folder.resolve("again.svm");
        assertEquals(0, kiln.run("csvm", "train", train.toString(), "--task", "regress", "--model", model.toString()));
        assertEquals(0, kiln.run("csvm", "export", model.toString(), "--libsvm", exported.toString()));
        assertTrue(Files.readString(exported).startsWith("svm_type epsilon_svr\n"));
        assertEquals(0, kiln.run("csvm", "import", exported.toString(), "--model", again.toString()));
        assertEquals(
                0, kiln.run("csvm", "predict", again.toString(), bare(train).toString()));
        assertEquals(80, kiln.printed().lines().count());
    }

    @Test
    void a_model_of_numbers_gives_no_probabilities() throws IOException {
        Path train = hills("train.csv", 60, 1);
        Path model = folder.resolve("m.svm");
        assertEquals(0, kiln.run(regress(train, "--model", model.toString())));
        assertEquals(2, kiln.run("csvm", "predict", model.toString(), train.toString(), "--probability"));
        assertEquals("--probability: " + model + " knows no classes; expected a model that does", kiln.complained());
    }

    private JsonNode trained(Path train, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "csvm",
                "train",
                train.toString(),
                "--kernel",
                "linear",
                "--c",
                "0.1",
                "--json",
                "--block-rows",
                "150"));
        line.addAll(List.of(more));
        assertEquals(0, kiln.run(line.toArray(String[]::new)), kiln.complained());
        return JsonMapper.shared().readTree(kiln.printed());
    }

    private static String[] regress(Path train, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "csvm",
                "train",
                train.toString(),
                "--task",
                "regress",
                "--c",
                "10",
                "--gamma",
                "0.5",
                "--epsilon",
                "0.05",
                "--standardize",
                "--block-rows",
                "80"));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private Path hills(String name, int rows, long seed) throws IOException {
        var random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            lines.add(a + "," + b + "," + (Math.sin(2 * a) + b + 0.05 * random.nextGaussian()));
        }
        return Files.write(folder.resolve(name), lines);
    }

    private Path classes(String name, int rows) throws IOException {
        var random = new Random(3);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int y = random.nextBoolean() ? 1 : -1;
            lines.add(y + " 1:" + (random.nextGaussian() + y) + " 2:" + random.nextGaussian() + " 9:"
                    + (random.nextGaussian() - y));
        }
        return Files.write(folder.resolve(name), lines);
    }

    private Path bare(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
        return Files.write(folder.resolve("bare-" + file.getFileName()), lines);
    }
}
