package dev.kiln.dislib.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/data-formats.md shows is so: its files load, or are refused with the message that follows them. */
class DocsTest {

    private static final Path PAGE = Path.of("..", "docs", "data-formats.md");
    private static final Pattern SAMPLE =
            Pattern.compile("```(csv|libsvm)(?: label=(\\w+))?\n(.*?)```\n(?:```error\n(.*?)\n```)?", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void each_file_loads_or_is_refused_with_the_message_shown() throws IOException {
        var samples = SAMPLE.matcher(Files.readString(PAGE)).results().toList();
        try (var wf = InlineBackend.workflow()) {
            for (MatchResult sample : samples) {
                Path path = Files.writeString(folder.resolve("sample"), sample.group(3));
                String label = sample.group(2) == null ? "last" : sample.group(2);
                DataFile file = DataFile.at(path).label(LabelColumn.of(label));
                if (sample.group(4) == null) {
                    assertEquals(2, file.load(wf).x().rows());
                } else {
                    var refused = assertThrows(BadDataException.class, () -> file.load(wf), sample.group(3));
                    assertEquals(path + ":" + sample.group(4), refused.getMessage());
                }
            }
        }
        assertEquals(13, samples.size());
    }

    @Test
    void the_program_shown_is_the_one_below() throws IOException {
        String program = Files.readString(PAGE).split("```java\n")[1].split("```")[0];
        String test = Files.readString(Path.of("src/test/java/dev/kiln/dislib/data/DocsTest.java"));

        assertEquals(
                program.replaceAll("\\s", ""), test.split("// begin\n")[1].split("// end")[0].replaceAll("\\s", ""));
        Path data = Path.of("..", "examples", "data");
        try (var wf = InlineBackend.workflow()) {
            assertTrue(run(wf, data.resolve("magic04.train.csv"), data.resolve("magic04.test.csv")) > 3_000);
        }
    }

    private static long run(Workflow wf, Path path, Path other) {
        // begin
        Loaded train = DataFile.at(path)
                .label(LabelColumn.of("class"))
                .blockRows(1_000)
                .load(wf);
        DsArray x = train.x();
        DsArray y = train.labels().signs("g");
        StandardScaler.Model scaler = new StandardScaler().fit(x);
        Loaded test = DataFile.at(other).like(train).load(wf);
        DsArray z = scaler.transform(test.x());
        // end
        assertEquals(x.rows(), y.rows());
        return z.rows();
    }
}
