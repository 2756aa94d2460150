package dev.kiln.csvm;

import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The five classes that dislib's tests tell apart: even rows to train on, odd ones to test. */
public record FiveClasses(double[][] train, int[] trainLabels, double[][] test, int[] testLabels) {

    public static FiveClasses load() {
        try {
            Path folder = Path.of("src/test/resources");
            double[][] x = Files.readAllLines(folder.resolve("csvm_multi_x.csv")).stream()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
            double[][] y = Files.readAllLines(folder.resolve("csvm_multi_y.csv")).stream()
                    .map(line -> new double[] {Double.parseDouble(line)})
                    .toArray(double[][]::new);
            return new FiveClasses(
                    Clouds.every(2, 0, x),
                    codes(Clouds.every(2, 0, y)),
                    Clouds.every(2, 1, x),
                    codes(Clouds.every(2, 1, y)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FiveClasses first(int rows) {
        return new FiveClasses(
                Arrays.copyOf(train, rows),
                Arrays.copyOf(trainLabels, rows),
                Arrays.copyOf(test, rows),
                Arrays.copyOf(testLabels, rows));
    }

    /** Trains on two classes only. */
    FiveClasses only(int a, int b) {
        double[][] x = new double[train.length][];
        int[] y = new int[train.length];
        int count = 0;
        for (int i = 0; i < train.length; i++) {
            if (trainLabels[i] == a || trainLabels[i] == b) {
                x[count] = train[i];
                y[count++] = trainLabels[i];
            }
        }
        return new FiveClasses(Arrays.copyOf(x, count), Arrays.copyOf(y, count), test, testLabels);
    }

    public DsArray trainX(Workflow wf, int blockRows) {
        return DsArray.of(wf, train, new BlockShape(blockRows, 13));
    }

    public DsArray trainY(Workflow wf, int blockRows) {
        return column(wf, trainLabels, blockRows);
    }

    public DsArray testX(Workflow wf, int blockRows) {
        return DsArray.of(wf, test, new BlockShape(blockRows, 13));
    }

    public DsArray testY(Workflow wf, int blockRows) {
        return column(wf, testLabels, blockRows);
    }

    private static int[] codes(double[][] y) {
        return Arrays.stream(y).mapToInt(row -> (int) row[0]).toArray();
    }

    private static DsArray column(Workflow wf, int[] labels, int blockRows) {
        double[][] y = Arrays.stream(labels).mapToObj(l -> new double[] {l}).toArray(double[][]::new);
        return DsArray.of(wf, y, new BlockShape(blockRows, 1));
    }
}
