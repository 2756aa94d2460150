package dev.kiln.lstm.worker.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.command.UsageException;
import dev.kiln.lstm.Forecast;
import dev.kiln.lstm.ForecasterState;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.SeriesCsv;
import dev.kiln.lstm.worker.LstmForecaster;
import dev.kiln.lstm.worker.ModelFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln lstm forecast}. */
@Command(
        name = "forecast",
        description = "Says how the series in a CSV file goes on after its last row.",
        footer = {"", "Example:", "  kiln lstm forecast node.lstm node_3_utilisation.csv --steps 12 --plot node.png"})
final class ForecastCommand implements Callable<Integer> {

    private static final int MOST = 1_000_000;

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A file that kiln lstm train --model wrote.")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE", description = "The series: CSV with the columns of the training.")
    private Path file = Path.of("");

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "12",
            description = "How many rows to forecast (default: ${DEFAULT-VALUE}).")
    private int steps = 12;

    @Option(names = "--plot", paramLabel = "FILE.png", description = "Draw the forecast after the last rows there.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    ForecastCommand(CommandContext context) {
        this.context = context;
    }

    /** The JSON object: for each variable its values, the first after the last row of the file. */
    record Result(int steps, Map<String, double[]> forecast) {}

    @Override
    public Integer call() {
        return Inputs.shown(this::forecast);
    }

    private Integer forecast() {
        Inputs.file(model);
        Inputs.file(file);
        Inputs.between("--steps", 1, MOST, steps);
        if (plot != null) {
            if (!plot.toString().endsWith(".png")) {
                throw new UsageException("--plot " + plot + ": expected a name that ends with .png");
            }
            Inputs.target("--plot", plot);
        }
        ForecasterState state = ModelFile.read(model);
        Series series = SeriesCsv.read(file, state.names());
        Forecast forecast;
        try (var forecaster = new LstmForecaster()) {
            forecaster.restore(state);
            forecast = forecaster.forecast(series, steps);
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
        if (plot != null) {
            ForecastPlot.write(plot, series, forecast);
        }
        if (json) {
            Map<String, double[]> values = new LinkedHashMap<>();
            for (int v = 0; v < forecast.names().size(); v++) {
                values.put(forecast.names().get(v), forecast.columns()[v]);
            }
            context.console().json(new Result(steps, values));
        } else {
            table(forecast, context.console().out());
        }
        return 0;
    }

    private static void table(Forecast forecast, PrintWriter out) {
        out.printf("%6s", "step");
        forecast.names().forEach(name -> out.printf(" %12s", name));
        out.println();
        for (int s = 0; s < forecast.steps(); s++) {
            out.printf(Locale.ROOT, "%6d", s + 1);
            for (double[] column : forecast.columns()) {
                out.printf(Locale.ROOT, " %12s", String.format(Locale.ROOT, "%.6g", column[s]));
            }
            out.println();
        }
        out.flush();
    }
}
