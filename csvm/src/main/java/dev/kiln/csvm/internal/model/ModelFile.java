package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.RowKernel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file a model is kept in; all numbers are little-endian.
 *
 * <pre>
 * 8 bytes   KILNSVM and a line feed
 * int       version of this format, 2
 * int       length h of the header
 * long      length of the whole file
 * h bytes   {@link ModelHeader} as JSON in UTF-8, n support vectors of d features
 *           the support vectors, see {@link StoredPoints}
 * n double  their signed multipliers
 * n long    their row numbers in the training data
 * int       CRC-32C of everything before it
 * </pre>
 *
 * Nothing in it depends on when or where it was written.
 */
public final class ModelFile {

    private static final byte[] MAGIC = "KILNSVM\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;

    private ModelFile() {}

    public static void write(Path file, ModelData data) {
        ModelEnvelope.write(file, encode(data));
    }

    /** Reads a model that was not trained with a kernel of a program's own. */
    public static ModelData read(Path file) {
        return read(file, null);
    }

    /** Reads a model; {@code own} is the program's own kernel if the model was trained with one, else null. */
    public static ModelData read(Path file, @Nullable RowKernel own) {
        return decode(file, ModelEnvelope.read(file), own);
    }

    /** What people may read of a model. */
    public static ModelHeader header(Path file, byte[] bytes) {
        return ModelEnvelope.open(file, bytes, MAGIC, VERSION).header(file, ModelHeader.class);
    }

    public static byte[] encode(ModelData data) {
        byte[] header = ModelEnvelope.json(data.header());
        int n = data.ids().length;
        ByteBuffer out = ModelEnvelope.begin(MAGIC, VERSION, header, StoredPoints.length(data.points()) + 16L * n);
        StoredPoints.put(out, data.points());
        for (double b : data.beta()) {
            out.putDouble(b);
        }
        for (long id : data.ids()) {
            out.putLong(id);
        }
        return ModelEnvelope.end(out);
    }

    static ModelData decode(Path file, byte[] bytes, @Nullable RowKernel own) {
        return body(file, ModelEnvelope.open(file, bytes, MAGIC, VERSION), own);
    }

    private static ModelData body(Path file, ModelEnvelope.Content content, @Nullable RowKernel own) {
        ModelHeader header = content.header(file, ModelHeader.class).with(own, file);
        int n = header.supportVectors();
        ByteBuffer in = content.arrays();
        Points points;
        try {
            points = StoredPoints.get(content.version(), in, n, header.features(), 16L * n);
        } catch (IllegalArgumentException e) {
            throw ModelEnvelope.damaged(file);
        }
        double[] beta = new double[n];
        long[] ids = new long[n];
        for (int i = 0; i < n; i++) {
            beta[i] = in.getDouble();
        }
        for (int i = 0; i < n; i++) {
            ids[i] = in.getLong();
        }
        return new ModelData(header, points, beta, ids);
    }
}
