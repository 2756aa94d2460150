package dev.kiln.runtime.codec;

import dev.kiln.runtime.wire.ToNode;
import dev.kiln.runtime.wire.WireFormat;
import java.util.ArrayList;
import java.util.List;

/** Prints how fast the codec is on this machine. A main of its own: tests assert no times. */
final class CodecFigures {

    record Small(int rows, double scale, String name) {}

    private static Object sink;

    private CodecFigures() {}

    public static void main(String[] args) {
        var codec = new ValueCodec(CodecFigures.class.getClassLoader());
        double[] block = new double[1_000_000];
        byte[] blockBytes = codec.encode(block);
        print("8 MB double[], clone", 60, block::clone);
        print("8 MB double[], encode", 60, () -> codec.encode(block));
        print("8 MB double[], decode", 60, () -> codec.decode(blockBytes));
        print("8 MB double[], copy", 60, () -> codec.copy(block));
        var small = new Small(3, 0.5, "gamma");
        byte[] smallBytes = codec.encode(small);
        print("record of 3 fields, encode", 2_000_000, () -> codec.encode(small));
        print("record of 3 fields, decode", 2_000_000, () -> codec.decode(smallBytes));
        List<ToNode> batch = new ArrayList<>();
        var method = new ToNode.MethodName("dev.app.Kernels", "multiplyAdd", "(Ldev/app/Block;Ldev/app/Block;)V");
        for (int i = 0; i < 1000; i++) {
            batch.add(new ToNode.RunTask(
                    1000 + i,
                    0,
                    "multiplyAdd",
                    method,
                    List.of(new ToNode.Input(i, -1, -1, null), new ToNode.Input(i + 1, 1, -1, null)),
                    List.of(new ToNode.Arg.Read(0, -1), new ToNode.Arg.Read(1, -1)),
                    true,
                    true,
                    0,
                    -1));
        }
        byte[] batchBytes = WireFormat.encodeToNode(batch);
        System.out.printf(
                "record of 3 fields: %d bytes; batch of 1,000 tasks: %d bytes%n", smallBytes.length, batchBytes.length);
        print("batch of 1,000 tasks, encode", 5_000, () -> WireFormat.encodeToNode(batch));
        print("batch of 1,000 tasks, decode", 5_000, () -> WireFormat.decodeToNode(batchBytes));
    }

    private static void print(String what, int times, java.util.function.Supplier<Object> work) {
        for (int i = 0; i < times / 2; i++) {
            sink = work.get();
        }
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            sink = work.get();
        }
        double micros = (System.nanoTime() - start) / 1e3 / times;
        System.out.printf("%-32s %,12.2f us%n", what, micros);
    }
}
