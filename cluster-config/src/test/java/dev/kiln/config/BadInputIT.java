package dev.kiln.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with what a user gives: one line that says what and where, exit code 2, nothing left running. */
final class BadInputIT {

    private static final String GOOD = "1,2,g\n2,1,h\n3,4,g\n4,3,h\n";

    private final Distribution kiln = Distribution.built();

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void trainRefuses(Path file, List<String> words, String... more) throws Exception {
        kiln.refuses(
                words,
                Stream.concat(
                                Stream.of("csvm", "train", file.toString(), "--label", "last", "--positive", "g"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void a_file_that_is_missing() throws Exception {
        trainRefuses(folder.resolve("none.csv"), List.of("none.csv"));
    }

    @Test
    void a_file_that_is_empty() throws Exception {
        trainRefuses(file("empty.csv", ""), List.of("empty.csv"));
    }

    @Test
    void a_text_where_a_number_belongs() throws Exception {
        trainRefuses(file("text.csv", "1,2,g\n2,1,h\n3,four,g\n"), List.of("text.csv:3:3", "four"));
    }

    @Test
    void rows_of_different_lengths() throws Exception {
        trainRefuses(file("ragged.csv", "1,2,g\n2,1,h\n3,g\n"), List.of("ragged.csv:3"));
    }

    @Test
    void rows_of_one_class_only() throws Exception {
        trainRefuses(file("one.csv", "1,2,g\n2,1,g\n"), List.of("class"));
    }

    @Test
    void a_number_that_is_none() throws Exception {
        trainRefuses(file("nan.csv", "1,2,g\n2,NaN,h\n"), List.of("nan.csv:2:3"));
    }

    @Test
    void a_test_file_of_another_width() throws Exception {
        Path test = file("wide.csv", "1,2,3,g\n");
        trainRefuses(file("good.csv", GOOD), List.of("wide.csv"), "--test", test.toString());
    }

    @Test
    void a_test_file_with_a_label_of_its_own() throws Exception {
        Path test = file("other.csv", "1,2,x\n");
        trainRefuses(file("good.csv", GOOD), List.of("x"), "--test", test.toString());
    }

    @Test
    void a_positive_label_that_no_row_has() throws Exception {
        kiln.refuses(
                List.of("--positive"),
                "csvm",
                "train",
                file("good.csv", GOOD).toString(),
                "--label",
                "last",
                "--positive",
                "q");
    }

    static List<List<String>> options() {
        return List.of(
                List.of("--gamma", "0"),
                List.of("--gamma", "-1"),
                List.of("--block-rows", "0"),
                List.of("--c", "0"),
                List.of("--tolerance", "-1"),
                List.of("--nodes", "0"),
                List.of("--slots", "-1"),
                List.of("--port", "80"),
                List.of("--memory", "much"),
                List.of("--nods", "2"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void an_option_that_cannot_be(List<String> option) throws Exception {
        trainRefuses(file("good.csv", GOOD), option, option.toArray(String[]::new));
    }

    @Test
    void a_port_that_is_taken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            trainRefuses(file("good.csv", GOOD), List.of(port), "--port", port, "--nodes", "2");
        }
    }

    @Test
    void a_model_that_is_cut_short_or_of_another_version() throws Exception {
        Path model = folder.resolve("good.model");
        Path data = file("good.csv", GOOD);
        Ran trained = kiln.run(
                "csvm", "train", data.toString(), "--label", "last", "--positive", "g", "--model", model.toString());
        org.junit.jupiter.api.Assertions.assertEquals(0, trained.code(), trained.err());
        byte[] bytes = Files.readAllBytes(model);
        Path cut = folder.resolve("cut.model");
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 8));
        kiln.refuses(List.of("cut.model"), "csvm", "predict", cut.toString(), data.toString());
        Path newer = folder.resolve("newer.model");
        byte[] changed = bytes.clone();
        changed["KILNSVM\n".length()] = 9; // the version follows the name of the format
        Files.write(newer, changed);
        kiln.refuses(
                List.of("newer.model", "format 9", "formats 1 to 2"),
                "csvm",
                "predict",
                newer.toString(),
                data.toString());
        Path junk = file("junk.model", "this is no model");
        kiln.refuses(List.of("junk.model"), "csvm", "predict", junk.toString(), data.toString());
    }

    @Test
    void a_program_that_is_no_jar_or_not_there() throws Exception {
        kiln.refuses(List.of("none.jar"), "run", folder.resolve("none.jar").toString());
        kiln.refuses(List.of("text.jar"), "run", file("text.jar", "hello").toString());
    }

    @Test
    void a_jar_without_a_main_class_or_with_one_that_is_not_in_it() throws Exception {
        Path none = Program.jar(folder, "Hello", "class Hello { public static void main(String[] a) {} }", null);
        kiln.refuses(List.of("Hello.jar", "main class"), "run", none.toString());
        kiln.refuses(List.of("Hello.jar", "Hullo"), "run", none.toString(), "Hullo");
        Path library = Program.jar(folder, "Library", "class Library {}", "Library");
        kiln.refuses(List.of("Library", "main"), "run", library.toString());
    }

    @Test
    void a_jar_for_a_newer_java() throws Exception {
        Program.jar(folder, "Late", "class Late { public static void main(String[] a) {} }", "Late");
        Path classes = folder.resolve("Late-classes");
        Program.forNewerJava(classes);
        Path late = Program.pack(folder.resolve("Late.jar"), classes, "Late");
        kiln.refuses(List.of("Late.jar", "Java"), "run", late.toString());
    }

    @Test
    void an_argument_that_cannot_travel_is_named_by_its_path() throws Exception {
        Path jar = Program.jar(folder, "Stuck", """
                import dev.kiln.tasks.*;
                public class Stuck {
                    record Job(String name, Worker worker) {}
                    record Worker(Thread thread) {}
                    @Task static int use(Job job) { return 1; }
                    public static void main(String[] args) {
                        try (var wf = Workflow.open()) {
                            wf.task(Stuck::use).submit(Arg.value(new Job("x", new Worker(new Thread())))).get();
                        }
                    }
                }
                """, "Stuck");
        kiln.refuses(List.of("worker.thread"), "run", jar.toString());
    }
}
