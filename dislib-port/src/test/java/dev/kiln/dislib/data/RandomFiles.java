package dev.kiln.dislib.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes files that are right, in many ways of writing. */
final class RandomFiles {

    private RandomFiles() {}

    static String csv(SplittableRandom random, String delimiter, int columns, int label, boolean header) {
        var text = new StringBuilder();
        blankLines(random, text);
        if (header) {
            List<String> names = new ArrayList<>();
            for (int j = 0; j < columns; j++) {
                names.add("name " + (char) ('a' + j));
            }
            text.append(String.join(delimiter, names)).append(lineEnd(random));
        }
        int rows = 1 + random.nextInt(25);
        for (int i = 0; i < rows; i++) {
            blankLines(random, text);
            List<String> fields = new ArrayList<>();
            for (int j = 0; j < columns; j++) {
                String field = j == label ? label(random) : number(random);
                fields.add(padded(random, random.nextInt(6) == 0 ? "\"" + field + "\"" : field));
            }
            text.append(String.join(delimiter, fields));
            if (i < rows - 1 || random.nextBoolean()) {
                text.append(lineEnd(random));
            }
        }
        return text.toString();
    }

    static String libsvm(SplittableRandom random, int features) {
        var text = new StringBuilder();
        int rows = 1 + random.nextInt(25);
        for (int i = 0; i < rows; i++) {
            blankLines(random, text);
            if (random.nextInt(8) == 0) {
                text.append("# a comment 77:1\n");
            }
            text.append(random.nextBoolean() ? "+1" : "-1");
            for (int j = 1; j <= features; j++) {
                if (random.nextInt(4) == 0 || (i == 0 && j == features)) {
                    text.append(random.nextInt(9) == 0 ? "  " : " ")
                            .append(j)
                            .append(':')
                            .append(number(random));
                }
            }
            text.append(random.nextInt(9) == 0 ? " # 99:1" : "").append(lineEnd(random));
        }
        return text.toString();
    }

    private static String number(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.toString(random.nextInt(-9, 10));
            case 1 -> Double.toString(random.nextDouble(-1e3, 1e3));
            case 2 -> "+" + random.nextInt(100) + "." + random.nextInt(1000);
            default -> random.nextInt(100) + "e" + random.nextInt(-30, 30);
        };
    }

    private static String label(SplittableRandom random) {
        return List.of("g", "h", "1", "+1", "1.0", "-1", "ü").get(random.nextInt(7));
    }

    private static String padded(SplittableRandom random, String field) {
        return random.nextInt(8) == 0 ? " " + field + "  " : field;
    }

    private static void blankLines(SplittableRandom random, StringBuilder text) {
        while (random.nextInt(6) == 0) {
            text.append(random.nextBoolean() ? "  " : "").append(lineEnd(random));
        }
    }

    private static String lineEnd(SplittableRandom random) {
        return random.nextInt(3) == 0 ? "\r\n" : "\n";
    }
}
