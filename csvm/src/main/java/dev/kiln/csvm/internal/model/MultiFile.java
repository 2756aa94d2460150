package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.RowKernel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file a multi-class model is kept in: as {@link ModelFile}, but for the first 8 bytes, the header, which is a
 * {@link MultiHeader} of n different support vectors of d features, and the arrays.
 *
 * <pre>
 *           the support vectors, see {@link StoredPoints}
 * n long    their row numbers in the training data
 * then for each machine, of m support vectors:
 * m int     which of the support vectors, ascending
 * m double  their signed multipliers
 * </pre>
 */
public final class MultiFile {

    private static final byte[] MAGIC = "KILNMCS\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;

    private MultiFile() {}

    public static void write(Path file, MultiData data) {
        ModelEnvelope.write(file, encode(data));
    }

    /** Reads a model of either kind; {@code own} is the program's own kernel if it was trained with one, else null. */
    public static MultiData read(Path file, @Nullable RowKernel own) {
        byte[] bytes = ModelEnvelope.read(file);
        return is(bytes)
                ? decode(file, bytes, own)
                : MultiData.of(ModelPurpose.expectClasses(file, ModelFile.decode(file, bytes, own)));
    }

    /** Whether a file begins as a multi-class model does and as no other does. */
    public static boolean is(byte[] bytes) {
        int from = 4; // The first four bytes are those of every model.
        int known = Math.min(bytes.length, MAGIC.length);
        return known > from && Arrays.equals(bytes, 0, known, MAGIC, 0, known);
    }

    static byte[] encode(MultiData data) {
        ByteBuffer out = ModelEnvelope.begin(
                MAGIC,
                VERSION,
                ModelEnvelope.json(data.header()),
                StoredPoints.length(data.points()) + rest(data.header()));
        StoredPoints.put(out, data.points());
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

    /** How many bytes follow the support vectors. */
    private static long rest(MultiHeader h) {
        long length = h.supportVectors() * 8L;
        for (MultiHeader.Part part : h.machines()) {
            length += 12L * part.supportVectors();
        }
        return length;
    }

    private static MultiData decode(Path file, byte[] bytes, @Nullable RowKernel own) {
        ModelEnvelope.Content content = ModelEnvelope.open(file, bytes, MAGIC, VERSION);
        MultiHeader h = content.header(file, MultiHeader.class).with(own, file);
        ByteBuffer in = content.arrays();
        int n = h.supportVectors();
        if (h.machines().stream().anyMatch(p -> p.supportVectors() < 0)) {
            throw ModelEnvelope.damaged(file);
        }
        Points points;
        try {
            points = StoredPoints.get(content.version(), in, n, h.features(), rest(h));
        } catch (IllegalArgumentException e) {
            throw ModelEnvelope.damaged(file);
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
        return new MultiData(h, points, ids, uses);
    }
}
