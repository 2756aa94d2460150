package dev.kiln.ignite;

import java.util.Locale;

/** Sizes for messages. */
final class Bytes {

    private Bytes() {}

    static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double size = bytes / 1024.0;
        String unit = "KB";
        for (String larger : new String[] {"MB", "GB", "TB"}) {
            if (size < 1024) {
                break;
            }
            size /= 1024;
            unit = larger;
        }
        return size == Math.rint(size)
                ? String.format(Locale.ROOT, "%.0f %s", size, unit)
                : String.format(Locale.ROOT, "%.1f %s", size, unit);
    }
}
