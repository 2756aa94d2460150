package dev.kiln.csvm;

import dev.kiln.csvm.solver.DensePoints;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file a multi-class model is kept in: as {@link ModelFile}, but for the first 8 bytes, the header, which is a
 * {@link MultiHeader} of n different support vectors of d features, and the arrays.
 *
 * <pre>
 * n*d float the support vectors, row after row
 * n long    their row numbers in the training data
 * then for each machine, of m support vectors:
 * m int     which of the support vectors, ascending
 * m double  their signed multipliers
 * </pre>
 */
final class MultiFile {

    private static final byte[] MAGIC = "KILNMCS\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    private MultiFile() {}

    static void write(Path file, MultiData data) {
        ModelEnvelope.write(file, encode(data));
    }

    /** Reads a model of either kind. */
    static MultiData read(Path file) {
        byte[] bytes = ModelEnvelope.read(file);
        return is(bytes)
                ? decode(file, bytes)
                : MultiData.of(ModelPurpose.expectClasses(file, ModelFile.decode(file, bytes)));
    }

    /** Whether a file begins as a multi-class model does and as no other does. */
    static boolean is(byte[] bytes) {
        int from = 4; // The first four bytes are those of every model.
        int known = Math.min(bytes.length, MAGIC.length);
        return known > from && Arrays.equals(bytes, 0, known, MAGIC, 0, known);
    }

    static byte[] encode(MultiData data) {
        int n = data.ids().length;
        int d = data.points().features();
        ByteBuffer out = ModelEnvelope.begin(MAGIC, VERSION, ModelEnvelope.json(data.header()), length(data.header()));
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < d; f++) {
                out.putFloat(data.points().get(i, f));
            }
        }
        for (long id : data.ids()) {
            out.putLong(id);
        }
        for (MultiData.Use use : data.uses()) {
            for (int row : use.rows()) {
                out.putInt(row);
            }
            for (double b : use.beta()) {
                out.putDouble(b);
            }
        }
        return ModelEnvelope.end(out);
    }

    private static long length(MultiHeader h) {
        long length = h.supportVectors() * (4L * h.features() + 8);
        for (MultiHeader.Part part : h.machines()) {
            length += 12L * part.supportVectors();
        }
        return length;
    }

    private static MultiData decode(Path file, byte[] bytes) {
        ModelEnvelope.Content content = ModelEnvelope.open(file, bytes, MAGIC, VERSION);
        MultiHeader h = content.header(file, MultiHeader.class);
        ByteBuffer in = content.arrays();
        int n = h.supportVectors();
        boolean negative = n < 0 || h.features() < 1 || h.machines().stream().anyMatch(p -> p.supportVectors() < 0);
        if (negative || length(h) != in.remaining()) {
            throw ModelEnvelope.damaged(file);
        }
        float[][] columns = new float[h.features()][n];
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < columns.length; f++) {
                columns[f][i] = in.getFloat();
            }
        }
        long[] ids = new long[n];
        for (int i = 0; i < n; i++) {
            ids[i] = in.getLong();
        }
        List<MultiData.Use> uses = new ArrayList<>();
        for (MultiHeader.Part part : h.machines()) {
            int[] rows = new int[part.supportVectors()];
            double[] beta = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = in.getInt();
            }
            for (int i = 0; i < rows.length; i++) {
                beta[i] = in.getDouble();
            }
            uses.add(new MultiData.Use(rows, beta));
        }
        return new MultiData(h, new DensePoints(n, columns), ids, uses);
    }
}
