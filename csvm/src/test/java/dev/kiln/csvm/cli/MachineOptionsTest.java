package dev.kiln.csvm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.CascadeSvm;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.ClassWeights;
import dev.kiln.csvm.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kernels, weights and sparse rows by {@code kiln csvm train} and {@code predict}. */
class MachineOptionsTest {

    @TempDir
    private Path folder = Path.of("");

    private final Session kiln = new Session();

    @Test
    void kernels_and_their_numbers_reach_the_model() throws IOException {
        Path data = csv(60);
        Path model = folder.resolve("m.svm");
        succeed(data, "--kernel=poly", "--degree=2", "--coef0=1", "--gamma=0.5", "--model=" + model);
        CascadeSvmOptions options = CascadeSvm.Model.load(model).options();
        assertEquals(Kernel.POLYNOMIAL, options.kernel());
        assertEquals(2, options.degree());
        assertEquals(1, options.coef0());
        assertEquals(0.5, options.gamma().orElseThrow());
        succeed(data, "--kernel=sigmoid", "--coef0=-0.5", "--model=" + model);
        assertEquals(Kernel.SIGMOID, CascadeSvm.Model.load(model).options().kernel());
        assertEquals(-0.5, CascadeSvm.Model.load(model).options().coef0());
        String exported = folder.resolve("m.model").toString();
        assertEquals(0, kiln.run("csvm", "export", model.toString(), "--libsvm", exported));
        assertEquals(0, kiln.run("csvm", "import", exported, "--model", model.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--kernel=cosine|--kernel cosine: expected one of rbf, linear, poly, sigmoid",
                "--degree=2|--degree 2: expected with --kernel poly only",
                "--kernel=poly --degree=0|--degree 0: expected 1 or more",
                "--kernel=linear --coef0=1|--coef0 1: expected with --kernel poly or sigmoid only",
                "--kernel=poly --coef0=one|--coef0 one: expected a finite number",
                "--kernel=poly --coef0=NaN|--coef0 NaN: expected a finite number",
                "--class-weight=3|--class-weight 3: found '3'; expected balanced, or LABEL=WEIGHT,...",
                "--class-weight=g=0|--class-weight g=0: expected a weight above 0",
                "--class-weight=g=1,g=2|--class-weight g=1,g=2: 'g' has two weights; expected one",
                "--class-weight=q=2|--class-weight q=2: there is no such class; the classes are g, h",
                "--sparse=maybe|--sparse maybe: expected one of auto, yes, no",
                "--weight=|--weight '': expected first, last, the name of a column, or its number",
            })
    void what_cannot_be_is_refused_in_one_line(String options, String message) throws IOException {
        assertEquals(2, train(csv(40), options.split(" ")));
        assertEquals(message, kiln.complained());
    }

    @Test
    void classes_may_weigh_more() throws IOException {
        Path data = csv(80);
        Path model = folder.resolve("m.svm");
        succeed(data, "--class-weight=g=3,h=0.5", "--model=" + model);
        assertEquals(
                ClassWeights.of(Map.of(1.0, 3.0, -1.0, 0.5)),
                CascadeSvm.Model.load(model).options().classWeights());
        double given = dual(data, "--class-weight=h=2");
        assertTrue(given > dual(data), "a higher price costs more");
        assertEquals(given, dual(data, "--class-weight=g=1,h=2"), 1e-9);
        assertTrue(dual(data, "--class-weight=balanced", "--probability") > 0);
    }

    @Test
    void rows_may_weigh_more() throws IOException {
        Path plain = csv(80);
        Path weighted = folder.resolve("weighted.csv");
        List<String> lines = new ArrayList<>(List.of("w,a,b,class"));
        List<String> given = Files.readAllLines(plain);
        for (int i = 1; i < given.size(); i++) {
            lines.add("2," + given.get(i));
        }
        Files.write(weighted, lines);
        Path model = folder.resolve("m.svm");
        assertEquals(dual(plain, "--c=2"), dual(weighted, "--c=1", "--weight=w", "--test=" + weighted), 1e-9);
        succeed(weighted, "--weight=w", "--model=" + model);
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), weighted.toString(), "--weight=w", "--json"));
        JsonNode json = JsonMapper.shared().readTree(kiln.printed());
        assertEquals(2, json.get("features").asInt());
        assertTrue(json.get("accuracy").asDouble() > 0.8);
        assertEquals(2, train(weighted, "--weight=v"));
        assertTrue(kiln.complained().contains("there is no weight column 'v'"), kiln.complained());
    }

    @Test
    void sparse_rows_are_trained_and_predicted_as_dense_ones() throws IOException {
        Path data = libsvm("train.svm", 120, 1);
        Path model = folder.resolve("m.svm");
        double dense = dual(data, "--sparse=no", "--standardize");
        assertEquals(dense, dual(data, "--sparse=yes", "--standardize", "--model=" + model), 1e-3 * dense);
        Path test = libsvm("test.svm", 50, 2);
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), test.toString()));
        String auto = kiln.printed();
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), test.toString(), "--sparse=no"));
        assertEquals(auto, kiln.printed());
    }

    private Path libsvm(String name, int rows, long seed) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            boolean positive = random.nextBoolean();
            text.append(positive ? "+1 " : "-1 ")
                    .append(positive ? 1 + random.nextInt(2) : 3 + random.nextInt(2))
                    .append(":1 ")
                    .append(5 + random.nextInt(195))
                    .append(":0.5\n");
        }
        return Files.writeString(folder.resolve(name), text.append("-1 200:1\n"));
    }

    private double dual(Path file, String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--json");
        assertEquals(0, train(file, options.toArray(String[]::new)), kiln.complained());
        return JsonMapper.shared().readTree(kiln.printed()).get("dualObjective").asDouble();
    }

    private void succeed(Path file, String... more) {
        assertEquals(0, train(file, more), kiln.complained());
    }

    private int train(Path file, String... more) {
        List<String> line = new ArrayList<>(List.of("csvm", "train", file.toString(), "--block-rows=30"));
        if (file.toString().endsWith(".csv")) {
            line.add("--positive=g");
        }
        line.addAll(List.of(more));
        return kiln.run(line.toArray(String[]::new));
    }

    private Path csv(int rows) throws IOException {
        var random = new Random(rows);
        var text = new StringBuilder("a,b,class\n");
        for (int i = 0; i < rows; i++) {
            boolean g = random.nextBoolean();
            text.append(String.format(
                    Locale.ROOT,
                    "%.3f,%.3f,%s%n",
                    random.nextGaussian() + (g ? 1.5 : -1.5),
                    random.nextGaussian(),
                    g ? "g" : "h"));
        }
        return Files.writeString(folder.resolve("train.csv"), text);
    }
}
