package dev.kiln.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfileTest {

    @TempDir
    private Path folder;

    private Profile read(String text) throws IOException {
        return Profile.read(Files.writeString(folder.resolve("site.yaml"), text));
    }

    @Test
    void the_page_shows_one_that_can_be_read() throws IOException {
        String page = Files.readString(Path.of("../docs/slurm.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        Profile profile = read(page.substring(start, page.indexOf("```", start)));
        assertEquals("1:00:00", profile.settings().get(Setting.TIME));
        assertEquals("61440M", profile.settings().get(Setting.MEM_PER_NODE));
        assertEquals(List.of("java/25"), profile.modules());
        assertEquals(Map.of("DATA", "/gpfs/data"), profile.environment());
        assertEquals("ib0", profile.network());
        for (Setting setting : Setting.values()) {
            assertTrue(page.contains('`' + setting.key() + '`'), setting.key());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "marenostrum"})
    void those_that_come_with_kiln_can_be_read(String name) {
        Profile profile = Profile.read(Path.of("../cluster-config/src/main/dist/conf/profiles", name + ".yaml"));
        assertEquals(1, profile.shared().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "partion: main|unknown key partion",
                "time: soon|--time soon",
                "cpus-per-node: many|--cpus-per-node many",
                "modules: java|modules: expected a list",
                "environment: [A]|environment: expected NAME: value",
                "partition: [a]|partition: expected one value",
                "[a|no YAML",
                "just text|expected lines of key: value"
            })
    void what_is_wrong_with_one_is_told_in_one_line(String text, String complaint) {
        var refused = assertThrows(UsageException.class, () -> read(text));
        assertTrue(refused.getMessage().contains("site.yaml: "), refused.getMessage());
        assertTrue(refused.getMessage().contains(complaint), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void an_empty_one_asks_for_nothing() throws IOException {
        assertEquals(Profile.NONE, read("# nothing\n"));
    }
}
