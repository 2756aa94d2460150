package dev.kiln.csvm;

import dev.kiln.csvm.solver.DensePoints;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The file a model is kept in; all numbers are little-endian.
 *
 * <pre>
 * 8 bytes   KILNSVM and a line feed
 * int       version of this format, 1
 * int       length h of the header
 * long      length of the whole file
 * h bytes   {@link ModelHeader} as JSON in UTF-8, n support vectors of d features
 * n*d float the support vectors, row after row
 * n double  their signed multipliers
 * n long    their row numbers in the training data
 * int       CRC-32C of everything before it
 * </pre>
 *
 * Nothing in it depends on when or where it was written.
 */
final class ModelFile {

    private static final byte[] MAGIC = "KILNSVM\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    private ModelFile() {}

    static void write(Path file, ModelData data) {
        ModelEnvelope.write(file, encode(data));
    }

    static ModelData read(Path file) {
        return decode(file, ModelEnvelope.read(file));
    }

    static byte[] encode(ModelData data) {
        byte[] header = ModelEnvelope.json(data.header());
        int n = data.ids().length;
        int d = data.points().features();
        ByteBuffer out = ModelEnvelope.begin(MAGIC, VERSION, header, n * (4L * d + 16));
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < d; f++) {
                out.putFloat(data.points().get(i, f));
            }
        }
        for (double b : data.beta()) {
            out.putDouble(b);
        }
        for (long id : data.ids()) {
            out.putLong(id);
        }
        return ModelEnvelope.end(out);
    }

    static ModelData decode(Path file, byte[] bytes) {
        return body(file, ModelEnvelope.open(file, bytes, MAGIC, VERSION));
    }

    private static ModelData body(Path file, ModelEnvelope.Content content) {
        ModelHeader header = content.header(file, ModelHeader.class);
        int n = header.supportVectors();
        int d = header.features();
        if (n < 0 || d < 1 || n * (4L * d + 16) != content.arrays().remaining()) {
            throw ModelEnvelope.damaged(file);
        }
        ByteBuffer in = content.arrays();
        float[][] columns = new float[d][n];
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < d; f++) {
                columns[f][i] = in.getFloat();
            }
        }
        double[] beta = new double[n];
        long[] ids = new long[n];
        for (int i = 0; i < n; i++) {
            beta[i] = in.getDouble();
        }
        for (int i = 0; i < n; i++) {
            ids[i] = in.getLong();
        }
        return new ModelData(header, new DensePoints(n, columns), beta, ids);
    }
}
