package dev.kiln.csvm.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TileTest {

    /** Fours and what is left of points, vectors, features and chunks, and none of each. */
    private static final int[][] SHAPES = {{4, 16, 4}, {1, 5, 3}, {9, 1100, 37}, {6, 67, 20}, {3, 40, 1}, {0, 8, 8}};

    @Test
    void tiles_have_the_bits_of_one_point_after_the_other() {
        assertInstanceOf(VectorTile.class, Tile.forThisJvm());
        for (Tile tile : new Tile[] {new PlainTile(), new VectorTile()}) {
            for (int[] shape : SHAPES) {
                float[][] x = cloud(shape[0], shape[2]);
                float[][] columns = cloud(shape[2], shape[1]);
                int from = shape[1] / 5;
                float[][] squares = cloud(shape[0], shape[1]);
                float[][] dots = cloud(shape[0], shape[1]);
                float[][] expectedSquares = cloud(shape[0], shape[1]);
                float[][] expectedDots = cloud(shape[0], shape[1]);
                tile.squaredDistances(x, shape[0], columns, from, shape[1], squares);
                tile.dots(x, shape[0], columns, from, shape[1], dots);
                for (int b = 0; b < shape[0]; b++) {
                    VectorLoops.squaredDistances(x[b], columns, from, shape[1], expectedSquares[b]);
                    VectorLoops.dots(x[b], columns, from, shape[1], expectedDots[b]);
                    assertArrayEquals(expectedSquares[b], squares[b]);
                    assertArrayEquals(expectedDots[b], dots[b]);
                }
            }
        }
    }

    @Test
    void several_kernel_rows_at_once_have_the_bits_of_each_alone() {
        float[][] columns = cloud(11, 70);
        Points dense = new DensePoints(70, columns);
        for (Points points : new Points[] {dense, SparsePoints.of(dense)}) {
            float[][] x = {points.point(3), points.point(0), points.point(69), points.point(5), points.point(6)};
            for (KernelFunction kernel : new KernelFunction[] {
                new KernelFunction.Rbf(0.3),
                new KernelFunction.Linear(),
                new KernelFunction.Polynomial(0.5, 1, 3),
                new KernelFunction.Sigmoid(0.1, -0.2),
                new KernelFunction.Custom((a, b) -> a[0] * b[0])
            }) {
                float[][] rows = new float[5][70];
                kernel.rows(x, 5, points, 0, 70, rows, new int[70]);
                for (int b = 0; b < 5; b++) {
                    float[] alone = new float[70];
                    kernel.row(x[b], points, alone, new int[70]);
                    assertArrayEquals(alone, rows[b], kernel.toString());
                }
            }
        }
    }

    private static float[][] cloud(int rows, int columns) {
        var random = new Random(31L * rows + columns);
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int f = 0; f < columns; f++) {
                row[f] = (float) random.nextGaussian();
            }
        }
        return values;
    }
}
