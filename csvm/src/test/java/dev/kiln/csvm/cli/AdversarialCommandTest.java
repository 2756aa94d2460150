package dev.kiln.csvm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files made to break {@code kiln csvm train}: it ends, with an answer that is right, or a refusal of one line. */
class AdversarialCommandTest {

    /** Long enough for any machine; only training without an end takes it. */
    private static final Duration AN_END = Duration.ofMinutes(2);

    @TempDir
    private Path folder = Path.of("");

    private final Session kiln = new Session();

    @ParameterizedTest
    @ValueSource(strings = {"rbf", "linear", "poly", "sigmoid"})
    void all_rows_equal(String kernel) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append("3,-1,2,").append(i % 3 == 0 ? 1 : -1).append('\n');
        }
        JsonNode found = trained(csv(text), kernel);
        assertEquals(2 * 20, found.get("dualObjective").asDouble(), 1e-2);
        assertEquals(40 / 60.0, found.get("trainAccuracy").asDouble());
        assertTrue(found.get("supportVectors").asInt() <= 2, "one on each side at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbf", "linear", "poly", "sigmoid"})
    void two_equal_rows_with_opposite_labels(String kernel) throws IOException {
        JsonNode found = trained(csv("1,2,1\n1,2,-1\n"), kernel);
        assertEquals(2, found.get("dualObjective").asDouble(), 1e-3);
        assertEquals(0.5, found.get("trainAccuracy").asDouble());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbf", "linear", "poly"})
    void one_row_of_one_class(String kernel) throws IOException {
        JsonNode found = trained(csv(rows(200, i -> i == 137 ? 1 : -1, i -> i == 137 ? 8 : 0, 1)), kernel);
        assertEquals(1, found.get("trainAccuracy").asDouble());
        Path single = csv("1,2,1\n");
        assertEquals(2, train(single, kernel));
        assertEquals(single + ": all 1 rows have the label '1'; expected rows of two classes", kiln.complained());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbf", "linear", "poly", "sigmoid"})
    void rows_of_zeros_alone(String kernel) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("0,0,").append(i < 10 ? 1 : -1).append('\n');
        }
        JsonNode found = trained(csv(text), kernel);
        assertEquals(2 * 10, found.get("dualObjective").asDouble(), 1e-2);
        assertEquals(0.75, found.get("trainAccuracy").asDouble());
        // The same as LIBSVM text, in which rows of zeros are labels alone.
        Path libsvm = Files.writeString(folder.resolve("zeros.svm"), "1\n-1\n1 1:0\n-1\n-1\n");
        assertEquals(
                2 * 2,
                trained(libsvm, kernel, "--sparse=yes").get("dualObjective").asDouble(),
                1e-2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbf", "linear", "poly", "sigmoid"})
    void features_too_small_to_tell_rows_apart(String kernel) throws IOException {
        Path file = csv(rows(60, i -> i % 2 == 0 ? 1 : -1, i -> i % 2 == 0 ? 1 : -1, 1e-30));
        assertTrue(trained(file, kernel).get("trainAccuracy").asDouble() >= 0.5);
        assertTrue(trained(file, kernel, "--standardize").get("trainAccuracy").asDouble() > 0.9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbf", "linear", "poly", "sigmoid"})
    void features_too_large_for_floats(String kernel) throws IOException {
        Path file = csv(rows(60, i -> i % 2 == 0 ? 1 : -1, i -> i % 2 == 0 ? 1 : -1, 1e30));
        if (kernel.equals("linear") || kernel.equals("poly")) {
            assertEquals(2, train(file, kernel));
            assertTrue(kiln.complained().contains("standardi"), kiln.complained());
            assertEquals(1, kiln.complained().lines().count());
        } else {
            trained(file, kernel);
        }
        assertTrue(trained(file, kernel, "--standardize").get("trainAccuracy").asDouble() > 0.9);
        Path huge = csv("1e300,1\n-1e300,-1\n");
        assertEquals(2, train(huge, kernel));
        assertTrue(kiln.complained().contains("expected a finite number of at most 3.4e38"), kiln.complained());
        assertEquals(1, kiln.complained().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbf", "linear", "poly"})
    void a_hundred_thousand_sparse_features(String kernel) throws IOException {
        var random = new SplittableRandom(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            boolean positive = random.nextBoolean();
            String rest = random.ints(30, 11, 100_001)
                    .sorted()
                    .distinct()
                    .mapToObj(f -> f + ":0.2")
                    .collect(Collectors.joining(" "));
            int own = positive ? 1 + random.nextInt(5) : 6 + random.nextInt(5);
            lines.add((positive ? "+1 " : "-1 ") + own + ":1 " + rest);
        }
        Path file = Files.write(folder.resolve("wide.svm"), lines);
        Path model = folder.resolve("wide.model");
        JsonNode found = trained(file, kernel, "--block-rows=500", "--gamma=0.5", "--model=" + model);
        assertTrue(found.get("features").asInt() > 99_000);
        assertEquals(1, found.get("trainAccuracy").asDouble());
        // As dense floats two thousand rows alone would be 800 MB.
        assertTrue(Files.size(model) < 1 << 20, "a model of " + Files.size(model) + " bytes");
        assertEquals(0, kiln.run("csvm", "predict", model.toString(), file.toString(), "--json"));
        assertEquals(
                1, JsonMapper.shared().readTree(kiln.printed()).get("accuracy").asDouble());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbf", "linear", "poly", "sigmoid"})
    void labels_without_any_structure(String kernel) throws IOException {
        var random = new SplittableRandom(6);
        Path file = csv(rows(150, i -> random.nextBoolean() ? 1 : -1, i -> 0, 1));
        assertEquals(0, train(file, kernel, "--max-rounds=60"), kiln.complained());
        if (!kernel.equals("sigmoid")) {
            double gap = JsonMapper.shared()
                    .readTree(kiln.printed())
                    .get("dualityGap")
                    .asDouble();
            assertTrue(gap >= -1e-6 && gap < 0.01, "gap " + gap);
        }
    }

    @Test
    void many_classes_of_equal_rows() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append("1,1,").append("abc".charAt(i % 3)).append('\n');
        }
        assertTrue(trained(csv(text), "rbf").get("trainAccuracy").asDouble() >= 1 / 3.0);
    }

    private interface Of {
        int of(int row);
    }

    /** Three columns of Gaussian numbers around a centre, all times a factor, and the label. */
    private static String rows(int count, Of label, Of centre, double factor) {
        var random = new SplittableRandom(3);
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            for (int f = 0; f < 3; f++) {
                text.append(String.format(Locale.ROOT, "%e,", factor * (random.nextGaussian() / 3 + centre.of(i))));
            }
            text.append(label.of(i)).append('\n');
        }
        return text.toString();
    }

    private Path csv(CharSequence text) throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), text);
    }

    private JsonNode trained(Path file, String kernel, String... more) {
        assertEquals(0, train(file, kernel, more), kiln.complained());
        return JsonMapper.shared().readTree(kiln.printed());
    }

    private int train(Path file, String kernel, String... more) {
        List<String> line =
                new ArrayList<>(List.of("csvm", "train", file.toString(), "--kernel=" + kernel, "--json", "--nodes=2"));
        if (List.of(more).stream().noneMatch(option -> option.startsWith("--block-rows"))) {
            line.add("--block-rows=23");
        }
        if (kernel.equals("poly")) {
            line.add("--coef0=1");
        }
        line.addAll(List.of(more));
        return assertTimeoutPreemptively(AN_END, () -> kiln.run(line.toArray(String[]::new)));
    }
}
