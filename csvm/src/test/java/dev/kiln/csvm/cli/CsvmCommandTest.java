package dev.kiln.csvm.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CsvmCommandTest {

    private final Session kiln = new Session();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void training_prints_one_json_object_of_the_names_agreed() throws IOException {
        Path train = csv("train.csv", 300, 1);
        Path test = csv("test.csv", 100, 2);
        assertEquals(0, train(train, "--test", test.toString(), "--json", "--slots", "2", "--nodes", "2"));
        JsonNode json = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(
                List.of(
                        "rows",
                        "features",
                        "blocks",
                        "nodes",
                        "slots",
                        "classes",
                        "supportVectors",
                        "rounds",
                        "converged",
                        "dualObjective",
                        "dualityGap",
                        "trainAccuracy",
                        "testAccuracy",
                        "loadSeconds",
                        "trainSeconds",
                        "tasks",
                        "bytesMoved",
                        "progress"),
                List.copyOf(json.propertyNames()));
        assertEquals(300, json.get("rows").asInt());
        assertEquals(2, json.get("features").asInt());
        assertEquals(6, json.get("blocks").asInt());
        assertEquals(2, json.get("nodes").asInt());
        assertEquals(2, json.get("slots").asInt());
        assertTrue(json.get("converged").asBoolean());
        assertTrue(json.get("testAccuracy").asDouble() > 0.8);
        assertEquals(json.get("rounds").asInt(), json.get("progress").size());
        JsonNode last = json.get("progress").get(json.get("rounds").asInt() - 1);
        assertEquals(
                List.of("number", "violators", "violation", "supportVectors", "objective", "gap"),
                List.copyOf(last.propertyNames()));
        assertEquals(json.get("dualityGap").asDouble(), last.get("gap").asDouble(), 1e-6);
        assertTrue(kiln.notes().getLast().startsWith("training: round "));
    }

    @Test
    void training_prints_a_table_for_people() throws IOException {
        assertEquals(0, train(csv("train.csv", 300, 1)));
        List<String> lines = kiln.printed().lines().toList();
        assertEquals("rows             300 of 2 features in 6 blocks", lines.getFirst());
        assertTrue(lines.stream().anyMatch(l -> l.startsWith("rounds           ") && l.endsWith(", converged")));
        assertTrue(lines.stream().noneMatch(l -> l.startsWith("test accuracy")));
    }

    @Test
    void a_model_labels_rows_with_and_without_labels() throws IOException {
        Path train = csv("train.csv", 300, 1);
        Path model = folder.resolve("m.svm");
        assertEquals(0, train(train, "--model", model.toString()));
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), train.toString(), "--label", "class"));
        List<String> labelled = kiln.printed().lines().toList();
        assertEquals(300, labelled.size());
        assertTrue(labelled.stream().allMatch(l -> l.equals("g") || l.equals("h")));
        assertTrue(kiln.complained().startsWith("300 rows predicted, accuracy "), kiln.complained());

        assertEquals(0, kiln.run("csvm", "predict", model.toString(), train.toString()));
        assertEquals(labelled, kiln.printed().lines().toList(), "the column too many is taken for labels");

        Path bare = folder.resolve("bare.csv");
        Files.write(
                bare,
                Files.readAllLines(train).stream()
                        .map(l -> l.substring(0, l.lastIndexOf(',')))
                        .toList());
        Path out = folder.resolve("out.txt");
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), bare.toString(), "--out", out.toString()));
        assertEquals(labelled, Files.readAllLines(out));
        assertEquals("", kiln.printed());

        assertEquals(0, kiln.run("csvm", "predict", model.toString(), bare.toString(), "--json"));
        JsonNode json = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(300, json.get("decisions").size());
        assertEquals(labelled.get(7), json.get("labels").get(7).asString());
        assertEquals(labelled.get(7).equals("g"), json.get("decisions").get(7).asDouble() > 0);
    }

    @Test
    void the_model_file_is_the_same_on_any_cluster() throws IOException {
        Path train = csv("train.csv", 300, 1);
        Path one = folder.resolve("one.svm");
        Path many = folder.resolve("many.svm");
        assertEquals(0, train(train, "--model", one.toString(), "--slots", "1"));
        assertEquals(0, train(train, "--model", many.toString(), "--nodes", "3", "--slots", "4"));
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(many));
    }

    @ParameterizedTest
    @CsvSource({"-1,+1", "0,1", "1,2"})
    void libsvm_files_with_labels_of_numbers_need_no_more_options(String negative, String positive) throws IOException {
        var random = new Random(5);
        var text = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            boolean up = random.nextBoolean();
            text.append(up ? positive : negative);
            if (random.nextInt(4) > 0) {
                text.append(String.format(Locale.ROOT, " 2:%.3f", random.nextGaussian() + (up ? 2 : -2)));
            }
            text.append(String.format(Locale.ROOT, " 5:%.3f%n", random.nextGaussian() + (up ? 2 : -2)));
        }
        Path file = Files.writeString(folder.resolve("data.libsvm"), text);
        Path model = folder.resolve("m.svm");
        assertEquals(
                0,
                kiln.run(
                        "csvm", "train", file.toString(), "--block-rows", "40", "--model", model.toString(), "--json"));
        JsonNode json = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(5, json.get("features").asInt());
        assertTrue(json.get("trainAccuracy").asDouble() > 0.9);
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), file.toString()));
        String up = positive.replace("+", "");
        assertTrue(kiln.printed().lines().allMatch(l -> l.equals(up) || l.equals(negative)));
        assertTrue(kiln.complained().contains("accuracy"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--gamma 0|--gamma 0: expected a number above 0",
                "--gamma -1|--gamma -1: expected a number above 0",
                "--gamma x|--gamma x: expected a number above 0",
                "--c 0|--c 0: expected a number above 0",
                "--c NaN|--c NaN: expected a number above 0",
                "--tolerance 0|--tolerance 0: expected a number above 0",
                "--tolerance 2|--tolerance 2: expected at most 1",
                "--block-rows 0|--block-rows 0: expected 1 or more",
                "--max-rounds 0|--max-rounds 0: expected 1 or more",
                "--arity 1|--arity 1: expected 2 or more",
                "--feedback all|--feedback all: expected one of violators, classic",
                "--no-check|--no-check: expected with --feedback classic only",
                "--kernel cosine|--kernel cosine: expected one of rbf, linear, poly, sigmoid",
                "--format xml|--format xml: expected one of auto, csv, libsvm",
                "--test nowhere.csv|nowhere.csv: no such file",
                "--model no/such/m.svm|there is no folder",
            })
    void options_out_of_range_are_refused_before_a_node_is_started(String options, String message) throws IOException {
        String[] more = options.split(" ");
        assertEquals(2, train(csv("train.csv", 20, 1), more));
        assertTrue(kiln.complained().contains(message), kiln.complained());
        assertEquals(1, kiln.complained().lines().count());
        assertEquals(0, kiln.started());
    }

    @Test
    void a_missing_file_is_refused_before_a_node_is_started() {
        assertEquals(2, train(Path.of("nowhere.csv")));
        assertEquals("nowhere.csv: no such file", kiln.complained());
        assertEquals(2, kiln.run("csvm", "predict", "nowhere.svm", "nowhere.csv"));
        assertEquals("nowhere.svm: no such file", kiln.complained());
        assertEquals(0, kiln.started());
    }

    @Test
    void a_positive_label_that_does_not_occur_is_refused_with_those_that_do() throws IOException {
        Path train = csv("train.csv", 50, 1);
        assertEquals(2, kiln.run("csvm", "train", train.toString(), "--positive", "x"));
        assertEquals("--positive x: no row of " + train + " has this label; found g, h", kiln.complained());
        assertEquals(2, kiln.run("csvm", "train", train.toString()));
        assertEquals("--positive is missing; the labels of " + train + " are g, h", kiln.complained());
    }

    @Test
    void data_of_one_class_are_refused() throws IOException {
        Path train = Files.writeString(folder.resolve("one.csv"), "a,b,class\n1,2,g\n3,4,g\n");
        assertEquals(2, train(train));
        assertEquals(train + ": all 2 rows have the label 'g'; expected rows of two classes", kiln.complained());
    }

    @Test
    void what_is_wrong_with_a_file_is_said_in_one_line_with_its_place() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.csv"), "a,b,class\n1,2,g\n3,x,h\n");
        assertEquals(2, train(bad));
        assertTrue(kiln.complained().startsWith(bad + ":3:3: "), kiln.complained());
        Path nan = Files.writeString(folder.resolve("nan.csv"), "a,b,class\n1,2,g\n3,NaN,h\n");
        assertEquals(2, train(nan));
        assertTrue(kiln.complained().startsWith(nan + ":3:3: "), kiln.complained());
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");
        assertEquals(2, train(empty));
        assertTrue(kiln.complained().startsWith(empty + ": the file is empty"), kiln.complained());
    }

    @Test
    void a_test_file_that_does_not_fit_is_refused() throws IOException {
        Path train = csv("train.csv", 50, 1);
        Path wide = Files.writeString(folder.resolve("wide.csv"), "a,b,c,class\n1,2,3,g\n3,4,5,h\n");
        assertEquals(2, train(train, "--test", wide.toString()));
        assertEquals(wide + ": expected 2 features, found 3", kiln.complained());
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b,class\n1,2,g\n3,4,q\n");
        assertEquals(2, train(train, "--test", other.toString()));
        assertTrue(kiln.complained().contains(":3:5: unknown label 'q'; expected g or h"), kiln.complained());
    }

    @Test
    void a_model_cut_short_is_refused_before_a_node_is_started() throws IOException {
        Path train = csv("train.csv", 50, 1);
        Path model = folder.resolve("m.svm");
        assertEquals(0, train(train, "--model", model.toString()));
        byte[] bytes = Files.readAllBytes(model);
        Files.write(model, Arrays.copyOf(bytes, bytes.length / 2));
        int before = kiln.started();
        assertEquals(2, kiln.run("csvm", "predict", model.toString(), train.toString()));
        assertTrue(kiln.complained().startsWith(model + ": the model is cut short: "), kiln.complained());
        assertEquals(before, kiln.started());
    }

    @Test
    void the_demo_trains_on_the_bundled_data() {
        String home = System.getProperty("kiln.home");
        System.setProperty("kiln.home", Path.of("..", "examples").toString());
        try {
            assertEquals(0, kiln.run("demo"));
            assertTrue(kiln.printed().contains("test accuracy    87.6"), kiln.printed());
        } finally {
            if (home == null) {
                System.clearProperty("kiln.home");
            } else {
                System.setProperty("kiln.home", home);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ovo,3", "ovr,3"})
    void three_labels_are_three_classes(String how, int machines) throws IOException {
        Path train = three("three.csv", 150, 1);
        Path test = three("test.csv", 60, 2);
        Path model = folder.resolve("m.svm");
        assertEquals(
                0,
                kiln.run(
                        "csvm",
                        "train",
                        train.toString(),
                        "--block-rows=40",
                        "--standardize",
                        "--multiclass=" + how,
                        "--probability",
                        "--test=" + test,
                        "--model=" + model,
                        "--json",
                        "--nodes=2"));
        JsonNode json = JsonMapper.shared().readTree(kiln.printed());
        assertEquals("[\"blue\",\"green\",\"red\"]", json.get("classes").toString());
        assertTrue(json.get("testAccuracy").asDouble() > 0.9, json.toString());
        double accuracy = json.get("testAccuracy").asDouble();
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), test.toString(), "--json"));
        JsonNode predicted = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(accuracy, predicted.get("accuracy").asDouble());
        assertEquals(60, predicted.get("labels").size());
        assertEquals(machines, predicted.get("decisions").get(0).size());
        assertEquals(3, predicted.get("probabilities").get(0).size());
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), test.toString(), "--probability"));
        assertTrue(kiln.printed().startsWith("labels blue green red"), kiln.printed());
        assertEquals(61, kiln.printed().lines().count());
    }

    @Test
    void two_classes_have_probabilities_as_well() throws IOException {
        Path train = csv("train.csv", 200, 1);
        Path model = folder.resolve("m.svm");
        assertEquals(0, train(train, "--probability", "--model", model.toString()));
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), train.toString(), "--json"));
        JsonNode predicted = JsonMapper.shared().readTree(kiln.printed());
        assertEquals("[\"h\",\"g\"]", predicted.get("classes").toString());
        for (int i = 0; i < 200; i++) {
            boolean g = predicted.get("labels").get(i).asString().equals("g");
            assertEquals(g, predicted.get("decisions").get(i).asDouble() > 0);
        }
        assertEquals(0, train(train, "--model", model.toString()));
        assertEquals(2, kiln.run("csvm", "predict", model.toString(), train.toString(), "--probability"));
        assertEquals("--probability: " + model + " gives none; train it with --probability", kiln.complained());
    }

    @Test
    void a_model_goes_to_libsvm_and_comes_back() throws IOException {
        Path train = three("three.csv", 150, 1);
        String model = folder.resolve("m.svm").toString();
        String libsvm = folder.resolve("m.model").toString();
        String again = folder.resolve("again.svm").toString();
        assertEquals(0, kiln.run("csvm", "train", train.toString(), "--model", model));
        assertEquals(0, kiln.run("csvm", "export", model, "--libsvm", libsvm));
        assertTrue(kiln.complained().contains("'green' is label 1 in " + libsvm), kiln.complained());
        assertEquals(0, kiln.run("csvm", "import", libsvm, "--model", again));
        assertEquals(0, kiln.run("csvm", "predict", model, train.toString()));
        List<String> labels = kiln.printed().lines().toList();
        assertEquals(0, kiln.run("csvm", "predict", again, train.toString()));
        List<String> numbers = kiln.printed().lines().toList();
        List<String> names = List.of("blue", "green", "red");
        for (int i = 0; i < labels.size(); i++) {
            assertEquals(names.indexOf(labels.get(i)), Integer.parseInt(numbers.get(i)));
        }
        assertEquals(2, kiln.run("csvm", "import", train.toString(), "--model", again));
        assertTrue(kiln.complained().startsWith(train + ": expected a model of LIBSVM"), kiln.complained());
        assertEquals(2, train(csv("two.csv", 20, 1), "--multiclass", "ovo"));
        assertEquals("--multiclass ovo: expected without --positive", kiln.complained());
    }

    private Path three(String name, int rows, long seed) throws IOException {
        var random = new Random(seed);
        String[] names = {"red", "green", "blue"};
        var text = new StringBuilder("a,b,class\n");
        for (int i = 0; i < rows; i++) {
            int k = random.nextInt(3);
            text.append(String.format(
                    Locale.ROOT,
                    "%.3f,%.3f,%s%n",
                    random.nextGaussian() + 5 * Math.cos(2 * k),
                    random.nextGaussian() + 5 * Math.sin(2 * k),
                    names[k]));
        }
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void csvm_alone_asks_for_a_subcommand() {
        assertEquals(2, kiln.run("csvm"));
        assertFalse(kiln.complained().isEmpty());
    }

    private int train(Path file, String... more) {
        var args = new ArrayList<>(List.of("csvm", "train", file.toString(), "--positive", "g", "--standardize"));
        args.addAll(List.of(more));
        if (!args.contains("--block-rows")) {
            args.addAll(List.of("--block-rows", "50"));
        }
        return kiln.run(args.toArray(String[]::new));
    }

    private Path csv(String name, int rows, long seed) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder("a,b,class\n");
        for (int i = 0; i < rows; i++) {
            boolean g = random.nextBoolean();
            text.append(String.format(
                    Locale.ROOT,
                    "%.3f,%.3f,%s%n",
                    random.nextGaussian() + (g ? 1.5 : -1.5),
                    10 * random.nextGaussian(),
                    g ? "g" : "h"));
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
