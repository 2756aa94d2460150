package dev.kiln.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.command.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlotCommandTest {

    @TempDir
    private Path folder;

    private int plot(String csv, Path out) throws Exception {
        Path file = Files.writeString(folder.resolve("tasks.csv"), csv);
        var command = new PlotCommand();
        new CommandLine(command).parseArgs(file.toString(), "--out", out.toString());
        return command.call();
    }

    @Test
    void figures_of_several_engines_become_a_picture() throws Exception {
        Path out = folder.resolve("tasks.png");
        assertEquals(0, plot("""
                engine,bench,n,seconds
                kiln-local,independent,10000,0.01
                kiln-local,independent,1000000,1.1
                kiln-ignite-2,chain,10000,0.02
                dask-2,chain,10000,72.6
                tcp,call,1,0.000016
                """, out));
        var image = ImageIO.read(out.toFile());
        assertNotNull(image);
        assertEquals(1100, image.getWidth());
    }

    @Test
    void a_row_that_is_none_is_named() {
        for (String bad :
                new String[] {"kiln,chain,10", "kiln,chain,ten,1.0", "kiln,chain,10,0", "kiln,chain,10,NaN"}) {
            String message = assertThrows(
                            UsageException.class, () -> plot("engine,bench,n,seconds\n" + bad, folder.resolve("x.png")))
                    .getMessage();
            assertTrue(message.contains("line 2: expected engine,bench,n,seconds") && message.endsWith(bad), message);
        }
        assertTrue(assertThrows(UsageException.class, () -> plot("", folder.resolve("x.png")))
                .getMessage()
                .contains("has no rows"));
    }

    @Test
    void a_file_that_is_not_there_is_said_to_be_missing() {
        var command = new PlotCommand();
        new CommandLine(command).parseArgs("nowhere.csv", "--out", "x.png");
        assertEquals(
                "nowhere.csv: no such file",
                assertThrows(UsageException.class, command::call).getMessage());
    }
}
