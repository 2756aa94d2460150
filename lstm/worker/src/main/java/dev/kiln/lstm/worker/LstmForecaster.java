package dev.kiln.lstm.worker;

import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.Forecast;
import dev.kiln.lstm.Forecaster;
import dev.kiln.lstm.ForecasterState;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Metrics;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.TrainingProgress;
import dev.kiln.lstm.worker.engine.Descent;
import dev.kiln.lstm.worker.engine.Engine;
import dev.kiln.lstm.worker.engine.JavaEngine;
import dev.kiln.lstm.worker.engine.Network;
import dev.kiln.lstm.worker.engine.NetworkShape;
import dev.kiln.lstm.worker.engine.NetworkState;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The forecaster, in the thread that calls it. Thread-safe: one call runs after the other. Closing frees what an engine
 * has outside the heap; afterwards it is as new. As the implementation of an active object it is created with the name of
 * an engine, or without for that in Java; it travels as its state.
 */
public final class LstmForecaster implements Forecaster, AutoCloseable, Serializable {

    private static final long serialVersionUID = 1L;

    // What follows never travels: Frozen does.
    private final transient Engine engine;
    private transient @Nullable LstmOptions options;
    private transient @Nullable Fitted fitted;

    /** What the first training series decides, and all that changes from then on. */
    private static final class Fitted {
        final List<String> names;
        final Scaling scaling;
        final Network network;
        int epochs;
        /** Early stopping begins anew with {@link #restore}. */
        double best = Double.POSITIVE_INFINITY;

        int sinceBest;
        boolean stopped;

        @Nullable NetworkState bestState;

        Fitted(List<String> names, Scaling scaling, Network network) {
            this.names = names;
            this.scaling = scaling;
            this.network = network;
        }
    }

    /** With the engine in Java. */
    public LstmForecaster() {
        this(new JavaEngine());
    }

    /**
     * With the engine of this name.
     *
     * @throws dev.kiln.lstm.worker.engine.EngineException when there is none
     */
    public LstmForecaster(String engine) {
        this(Engines.named(engine));
    }

    /** With this engine. */
    public LstmForecaster(Engine engine) {
        this.engine = engine;
    }

    @Override
    public synchronized void configure(LstmOptions newOptions) {
        close();
        options = newOptions;
    }

    @Override
    public TrainingProgress train(Series series, int epochs) {
        return train(series, epochs, loss -> {});
    }

    /** As {@link #train(Series, int)}; the listener hears the loss of each epoch, in this thread. */
    public synchronized TrainingProgress train(Series series, int epochs, DoubleConsumer listener) {
        LstmOptions o = configured();
        Fitted f = fitted == null ? fit(o, series) : fitted;
        checkNames(f, series);
        var windows = new Windows(f.scaling.apply(series), o.window(), o.horizon(), o.batch());
        int all = windows.count();
        int held = o.patience() == 0 ? 0 : (int) (o.validation() * all);
        int seen = all - held;
        if (seen < 1) {
            throw tooShort(series, o);
        }
        fitted = f;
        List<Double> losses = new ArrayList<>();
        Double validation = null;
        while (losses.size() < epochs && !f.stopped) {
            double loss = Epochs.train(f.network, windows, Shuffle.order(seen, o.seed(), f.epochs));
            f.epochs++;
            losses.add(loss);
            listener.accept(loss);
            if (o.patience() > 0) {
                if (held > 0) {
                    validation = Epochs.loss(f.network, windows, seen, all, outputs(f, o));
                }
                judge(f, validation == null ? loss : validation, o.patience());
            }
        }
        return new TrainingProgress(
                f.epochs, losses.stream().mapToDouble(Double::doubleValue).toArray(), validation, f.stopped);
    }

    private static void judge(Fitted f, double loss, int patience) {
        if (loss < f.best) {
            f.best = loss;
            f.sinceBest = 0;
            f.bestState = f.network.state();
        } else if (++f.sinceBest >= patience) {
            f.stopped = true;
            if (f.bestState != null) {
                f.network.restore(f.bestState);
            }
        }
    }

    @Override
    public synchronized Evaluation evaluate(Series series) {
        LstmOptions o = configured();
        Fitted f = trained();
        checkNames(f, series);
        float[][] rows = f.scaling.apply(series);
        var windows = new Windows(rows, o.window(), o.horizon(), o.batch());
        int count = windows.count();
        if (count < 1) {
            throw tooShort(series, o);
        }
        float[][] found = Epochs.predict(f.network, windows, 0, count, outputs(f, o));
        Map<String, Metrics> metrics = new LinkedHashMap<>();
        Map<String, Metrics> persistence = new LinkedHashMap<>();
        int variables = f.names.size();
        for (int v = 0; v < variables; v++) {
            double[] truth = series.columns()[v];
            var network = new Accuracy();
            var last = new Accuracy();
            for (int w = 0; w < count; w++) {
                for (int h = 0; h < o.horizon(); h++) {
                    double is = truth[w + o.window() + h];
                    network.add(f.scaling.undo(v, found[w][h * variables + v]), is);
                    last.add(truth[w + o.window() - 1], is);
                }
            }
            metrics.put(f.names.get(v), network.metrics());
            persistence.put(f.names.get(v), last.metrics());
        }
        return new Evaluation(metrics, persistence, count);
    }

    @Override
    public synchronized Forecast forecast(Series recent, int steps) {
        LstmOptions o = configured();
        Fitted f = trained();
        checkNames(f, recent);
        if (steps < 1) {
            throw new IllegalArgumentException("steps " + steps + ": expected 1 or more");
        }
        if (recent.rows() < o.window()) {
            throw new IllegalArgumentException(
                    "expected at least the " + o.window() + " rows that the network sees, found " + recent.rows());
        }
        int variables = f.names.size();
        int from = recent.rows() - o.window();
        float[][] seen = f.scaling.apply(recent.slice(from, recent.rows()));
        // As many rows more as whole horizons need.
        int calls = (steps + o.horizon() - 1) / o.horizon();
        float[][] rows = new float[o.window() + calls * o.horizon()][];
        System.arraycopy(seen, 0, rows, 0, o.window());
        var windows = new Windows(rows, o.window(), o.horizon(), 1);
        float[][] out = new float[1][outputs(f, o)];
        for (int c = 0; c < calls; c++) {
            f.network.predict(windows.single(c * o.horizon()), out);
            for (int h = 0; h < o.horizon(); h++) {
                float[] row = new float[variables];
                System.arraycopy(out[0], h * variables, row, 0, variables);
                rows[o.window() + c * o.horizon() + h] = row;
            }
        }
        double[][] columns = new double[variables][steps];
        for (int v = 0; v < variables; v++) {
            for (int s = 0; s < steps; s++) {
                columns[v][s] = f.scaling.undo(v, rows[o.window() + s][v]);
            }
        }
        return new Forecast(f.names, columns);
    }

    @Override
    public synchronized ForecasterState state() {
        Fitted f = trained();
        NetworkState n = f.network.state();
        return new ForecasterState(
                configured(),
                f.names,
                f.scaling.minima().clone(),
                f.scaling.maxima().clone(),
                n.weights(),
                n.firstMoments(),
                n.secondMoments(),
                n.steps(),
                f.epochs);
    }

    @Override
    public synchronized void restore(ForecasterState s) {
        close();
        options = s.options();
        var state = new NetworkState(s.weights(), s.firstMoments(), s.secondMoments(), s.steps());
        fitted = new Fitted(s.names(), new Scaling(s.minima(), s.maxima()), open(s.options(), s.names(), state));
        fitted.epochs = s.epochs();
    }

    private Fitted fit(LstmOptions o, Series series) {
        if (Windows.count(series.rows(), o.window(), o.horizon()) < 1) {
            throw tooShort(series, o);
        }
        NetworkState state = NetworkState.random(shape(o, series.variables()), o.seed());
        return new Fitted(series.names(), Scaling.fit(series), open(o, series.names(), state));
    }

    private Network open(LstmOptions o, List<String> names, NetworkState state) {
        return engine.open(shape(o, names.size()), state, new Descent(o.learningRate(), o.clip()));
    }

    static NetworkShape shape(LstmOptions o, int variables) {
        return new NetworkShape(o.window(), variables, o.hidden(), o.layers(), variables * o.horizon());
    }

    private static int outputs(Fitted f, LstmOptions o) {
        return f.names.size() * o.horizon();
    }

    private static void checkNames(Fitted f, Series series) {
        if (!f.names.equals(series.names())) {
            throw new IllegalArgumentException("expected the variables " + String.join(", ", f.names) + "; found "
                    + String.join(", ", series.names()));
        }
    }

    private static IllegalArgumentException tooShort(Series series, LstmOptions o) {
        int held = o.patience() == 0 ? 0 : (int) Math.round(100 * o.validation());
        return new IllegalArgumentException("expected at least " + (o.window() + o.horizon())
                + " rows, for a window of " + o.window() + " and a horizon of " + o.horizon()
                + (held == 0 ? "" : " besides the " + held + " % held back") + "; found " + series.rows());
    }

    private LstmOptions configured() {
        if (options == null) {
            throw new IllegalStateException("the forecaster has no options yet: call configure or restore first");
        }
        return options;
    }

    private Fitted trained() {
        if (fitted == null) {
            throw new IllegalStateException("the forecaster is not trained yet: call train or restore first");
        }
        return fitted;
    }

    /** What travels in place of a forecaster: networks belong to the JVM. */
    private record Frozen(
            String engine,
            @Nullable LstmOptions options,
            @Nullable ForecasterState state,
            double best,
            int sinceBest,
            boolean stopped,
            @Nullable NetworkState bestState)
            implements Serializable {

        private Object readResolve() {
            var forecaster = new LstmForecaster(engine);
            forecaster.thaw(this);
            return forecaster;
        }
    }

    private synchronized Object writeReplace() {
        Fitted f = fitted;
        return f == null
                ? new Frozen(engine.name(), options, null, 0, 0, false, null)
                : new Frozen(engine.name(), options, state(), f.best, f.sinceBest, f.stopped, f.bestState);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("expected a frozen forecaster");
    }

    private synchronized void thaw(Frozen frozen) {
        options = frozen.options;
        if (frozen.state != null) {
            restore(frozen.state);
            Fitted f = trained();
            f.best = frozen.best;
            f.sinceBest = frozen.sinceBest;
            f.stopped = frozen.stopped;
            f.bestState = frozen.bestState;
        }
    }

    @Override
    public synchronized void close() {
        if (fitted != null) {
            fitted.network.close();
            fitted = null;
        }
    }
}
