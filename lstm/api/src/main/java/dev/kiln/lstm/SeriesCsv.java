package dev.kiln.lstm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads columns of a CSV file as a series, one row a point in time, in the order of the file. The first line names the
 * columns; other columns, such as timestamps, may hold anything. Blank lines are skipped.
 */
public final class SeriesCsv {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final List<Character> DELIMITERS = List.of(';', ',', '\t');

    private SeriesCsv() {}

    /**
     * The columns of these names.
     *
     * @throws BadSeriesException when the file cannot be used; one line, which begins with the file
     */
    public static Series read(Path file, List<String> names) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String head = in.readLine();
            if (head == null || head.isBlank()) {
                throw new BadSeriesException(file + ": expected a first line with the names of the columns, found "
                        + (head == null ? "an empty file" : "a blank line"));
            }
            char delimiter = delimiter(head);
            List<String> header = cells(head.startsWith("\uFEFF") ? head.substring(1) : head, delimiter);
            return new Reader(file, header, indexes(file, header, names), delimiter).rows(in, names);
        } catch (NoSuchFileException e) {
            throw new BadSeriesException(file + ": no such file");
        } catch (CharacterCodingException e) {
            throw new BadSeriesException(file + ": expected text in UTF-8");
        } catch (IOException e) {
            throw new BadSeriesException(file + ": cannot be read: " + e);
        }
    }

    private static int[] indexes(Path file, List<String> header, List<String> names) {
        int[] indexes = new int[names.size()];
        for (int v = 0; v < indexes.length; v++) {
            indexes[v] = header.indexOf(names.get(v));
            if (indexes[v] < 0) {
                throw new BadSeriesException(
                        file + ": there is no column '" + names.get(v) + "'; found " + String.join(", ", header));
            }
        }
        return indexes;
    }

    private static char delimiter(String head) {
        for (char c : DELIMITERS) {
            if (head.indexOf(c) >= 0) {
                return c;
            }
        }
        return ',';
    }

    private static List<String> cells(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || line.charAt(i) == delimiter) {
                cells.add(bare(line.substring(from, i)));
                from = i + 1;
            }
        }
        return cells;
    }

    private static String bare(String cell) {
        String text = cell.strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** The lines after the first. For one thread. */
    private static final class Reader {
        private final Path file;
        private final List<String> header;
        private final int[] indexes;
        private final char delimiter;
        private long number = 1;

        Reader(Path file, List<String> header, int[] indexes, char delimiter) {
            this.file = file;
            this.header = header;
            this.indexes = indexes;
            this.delimiter = delimiter;
        }

        Series rows(BufferedReader in, List<String> names) throws IOException {
            double[][] columns = new double[indexes.length][1024];
            int count = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                if (count == columns[0].length) {
                    for (int v = 0; v < columns.length; v++) {
                        columns[v] = Arrays.copyOf(columns[v], 2 * count);
                    }
                }
                List<String> cells = cells(line, delimiter);
                if (cells.size() != header.size()) {
                    throw new BadSeriesException(
                            file + ":" + number + ": expected " + header.size() + " fields, found " + cells.size());
                }
                for (int v = 0; v < columns.length; v++) {
                    columns[v][count] = number(line, cells, indexes[v]);
                }
                count++;
            }
            if (count == 0) {
                throw new BadSeriesException(file + ": expected rows after the names of the columns, found none");
            }
            for (int v = 0; v < columns.length; v++) {
                columns[v] = Arrays.copyOf(columns[v], count);
            }
            return new Series(names, columns);
        }

        private double number(String line, List<String> cells, int index) {
            String cell = cells.get(index);
            double value = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
            if (!Double.isFinite(value)) {
                String found = cell.isEmpty() ? "nothing" : "'" + cell + "'";
                throw new BadSeriesException(file + ":" + number + ":" + place(line, index) + ": expected a number in "
                        + header.get(index) + ", found " + found);
            }
            return value;
        }

        /** Where the field begins, from 1. */
        private int place(String line, int index) {
            int at = 0;
            for (int i = 0; i < index; i++) {
                at = line.indexOf(delimiter, at) + 1;
            }
            return at + 1;
        }
    }
}
