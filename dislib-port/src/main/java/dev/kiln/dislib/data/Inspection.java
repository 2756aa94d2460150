package dev.kiln.dislib.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the first lines of a file, to find out how it is written. */
final class Inspection {

    private static final int SAMPLE = 100;

    private final DataFile request;
    private final String shown;
    private final Path file;

    private Inspection(DataFile request) {
        this.request = request;
        this.shown = request.path().toString();
        this.file = request.path().toAbsolutePath();
    }

    /**
     * The layout of a file.
     *
     * @throws BadDataException when it is not there, cannot be read, holds no rows, or is not written as requested
     */
    static Layout of(DataFile request) {
        return new Inspection(request).inspect();
    }

    private Layout inspect() {
        if (!Files.exists(file)) {
            throw BadDataException.inFile(shown, "no such file");
        }
        if (Files.isDirectory(file)) {
            throw BadDataException.inFile(shown, "this is a directory; expected a file of CSV or LIBSVM text");
        }
        if (!Files.isRegularFile(file)) {
            throw BadDataException.inFile(shown, "expected a file that can be read in parts, found a pipe or a device");
        }
        if (!Files.isReadable(file)) {
            throw BadDataException.inFile(shown, "cannot be read: permission denied");
        }
        try {
            long size = Files.size(file);
            long start = startOfText();
            List<HeadLine> sample = sample(start);
            if (sample.isEmpty()) {
                throw BadDataException.inFile(shown, "the file is empty; expected a row of data on each line");
            }
            if (sample.getFirst().hasBareReturn()) {
                throw BadDataException.inFile(
                        shown, "the lines end with CR alone; save the file with LF or CR LF at the end of each line");
            }
            if (!isLibsvm(sample)) {
                return csv(sample, start, size);
            }
            if (!request.weight().isNone()) {
                throw BadDataException.inFile(
                        shown,
                        "LIBSVM files have no column of weights; expected CSV with '"
                                + request.weight().text() + "'");
            }
            return new Layout(file.toString(), shown, size, TextFormat.LIBSVM, ' ', 0, -1, -1, List.of(), start, 1);
        } catch (IOException e) {
            throw BadDataException.inFile(shown, "cannot be read: " + e.getMessage());
        }
    }

    private long startOfText() throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] b = in.readNBytes(3);
            if (b.length > 1 && ((b[0] == (byte) 0xFF && b[1] == (byte) 0xFE) || (b[0] == (byte) 0xFE && b[1] == -1))) {
                throw BadDataException.inFile(shown, "this is UTF-16 text; save it as UTF-8");
            }
            if (b.length > 1 && b[0] == 0x1F && b[1] == (byte) 0x8B) {
                throw BadDataException.inFile(shown, "this file is packed by gzip; unpack it first");
            }
            return b.length == 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF ? 3 : 0;
        }
    }

    /** The first lines that are not blank. */
    private List<HeadLine> sample(long start) throws IOException {
        List<HeadLine> sample = new ArrayList<>();
        try (var reader = new LineReader(file, shown, start)) {
            for (long line = 1; sample.size() < SAMPLE && reader.next(); line++) {
                var text = new HeadLine(line, reader.nextOffset(), reader.copy());
                if (!text.isBlank()) {
                    sample.add(text);
                }
            }
        }
        return sample;
    }

    private boolean isLibsvm(List<HeadLine> sample) {
        if (request.format() != TextFormat.AUTO) {
            return request.format() == TextFormat.LIBSVM;
        }
        for (HeadLine line : sample) {
            switch (line.looksLike()) {
                case LIBSVM -> {
                    return true;
                }
                case CSV -> {
                    return false;
                }
                case AUTO -> {} // a lone number or a comment: the next line tells
            }
        }
        String name = shown.toLowerCase(java.util.Locale.ROOT);
        return name.endsWith(".libsvm") || name.endsWith(".svm") || name.endsWith(".svmlight");
    }

    private Layout csv(List<HeadLine> sample, long start, long size) throws IOException {
        HeadLine first = sample.getFirst();
        char delimiter = first.delimiter();
        List<String> cells = first.cells(delimiter);
        boolean named = first.isHeader(cells, -1);
        int label = column("label", request.label(), cells, named);
        int weight = column("weight", request.weight(), cells, named);
        if (weight >= 0 && weight == label) {
            throw BadDataException.inFile(
                    shown, "column " + (weight + 1) + " cannot be both the label and the weight; expected two columns");
        }
        boolean header = first.isHeader(cells, label);
        if (header && sample.size() < 2) {
            throw BadDataException.inFile(shown, "there is a header line only; expected rows of data after it");
        }
        int features = cells.size() - (label < 0 ? 0 : 1) - (weight < 0 ? 0 : 1);
        if (features == 0) {
            throw BadDataException.at(
                    shown,
                    first.number(),
                    1,
                    weight < 0
                            ? "expected features and a label, found a line of one field"
                            : "expected features beside the label and the weight, found a line of " + cells.size()
                                    + (cells.size() == 1 ? " field" : " fields"));
        }
        if (request.features().orElse(features) != features) {
            throw BadDataException.inFile(
                    shown, "expected " + request.features().getAsInt() + " features, found " + features);
        }
        if (header) {
            checkNames(cells, label, weight);
        }
        return new Layout(
                file.toString(),
                shown,
                size,
                TextFormat.CSV,
                delimiter,
                cells.size(),
                label,
                weight,
                header ? cells : List.of(),
                header ? first.next() : start,
                header ? first.number() + 1 : 1);
    }

    private void checkNames(List<String> cells, int label, int weight) {
        List<String> expected = request.names();
        for (int i = 0, feature = 0; i < cells.size() && feature < expected.size(); i++) {
            if (i != label && i != weight && !cells.get(i).equals(expected.get(feature++))) {
                throw BadDataException.inFile(
                        shown,
                        "expected '" + expected.get(feature - 1) + "' as the name of column " + (i + 1) + ", found '"
                                + cells.get(i) + "'");
            }
        }
    }

    private int column(String what, LabelColumn column, List<String> cells, boolean named) {
        String wanted = column.text();
        if (column.isNone()) {
            return -1;
        }
        if (column.equals(LabelColumn.first())) {
            return 0;
        }
        if (column.equals(LabelColumn.last())) {
            return cells.size() - 1;
        }
        int found = cells.indexOf(wanted);
        boolean number = wanted.matches("\\d{1,9}");
        if (found >= 0 && named) {
            if (cells.lastIndexOf(wanted) != found) {
                throw BadDataException.inFile(
                        shown,
                        "two columns have the name '" + wanted + "'; give the number of the " + what + " column");
            }
            return found;
        }
        if (number && Integer.parseInt(wanted) >= 1 && Integer.parseInt(wanted) <= cells.size()) {
            return Integer.parseInt(wanted) - 1;
        }
        throw BadDataException.inFile(
                shown,
                "there is no " + what + " column '" + wanted + "'; "
                        + (named
                                ? "the columns are " + String.join(", ", cells)
                                : "the file has no header line; give first, last, or a number from 1 to "
                                        + cells.size()));
    }
}
