package dev.kiln.slurm.cli;

import dev.kiln.slurm.Backend;
import dev.kiln.slurm.LossPolicy;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads options that are one of a few words, in lower case as people write them. */
final class Words {

    private Words() {}

    /** Of {@code --backend}. */
    static final class OfBackend implements ITypeConverter<Backend> {
        @Override
        public Backend convert(String text) {
            return of(Backend.values(), text);
        }
    }

    /** Of {@code --on-worker-loss}. */
    static final class OfLoss implements ITypeConverter<LossPolicy> {
        @Override
        public LossPolicy convert(String text) {
            return of(LossPolicy.values(), text);
        }
    }

    private static <E extends Enum<E>> E of(E[] all, String text) {
        return Arrays.stream(all)
                .filter(one -> one.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected "
                        + Arrays.stream(all).map(Object::toString).collect(Collectors.joining(", "))
                        + ", found " + text));
    }
}
