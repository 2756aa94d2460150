package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What svm-predict of Debian's libsvm-tools makes of our models; skipped, saying so, where it is not installed. */
class LibsvmModelsTest {

    private final Workflow wf = InlineBackend.workflow();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        wf.close();
    }

    @ParameterizedTest
    @EnumSource(names = "CUSTOM", mode = EnumSource.Mode.EXCLUDE)
    void svm_predict_says_of_five_classes_what_we_say(Kernel kernel) throws Exception {
        LibsvmTools.need();
        FiveClasses data = FiveClasses.load();
        var model = fit(data, kernel);
        Path exported = folder.resolve("m.model");
        LibsvmModels.write(model, exported);
        int[] theirs = LibsvmTools.predict(folder, exported, data.test(), false);
        double[][] decisions = model.decisionFunction(data.test());
        int ties = 0;
        for (int i = 0; i < theirs.length; i++) {
            // Where votes are tied, LIBSVM takes the first class and we the one with the greater decision values.
            assertEquals(firstOfMostVotes(decisions[i]), theirs[i], "row " + i);
            ties += theirs[i] == model.winner(decisions[i]) ? 0 : 1;
        }
        assertTrue(ties < 30, ties + " ties of 1200");
    }

    @Test
    void svm_predict_says_of_two_classes_what_we_say() throws Exception {
        LibsvmTools.need();
        Clouds data = Clouds.mixed(400, 5, 0.3, 11);
        var options = CascadeSvmOptions.builder().c(2).gamma(0.2).build();
        var binary = data.fit(wf, options, 50);
        Path exported = folder.resolve("m.model");
        assertEquals(
                List.of(-1, 1),
                LibsvmModels.write(MultiClassSvm.Model.of(binary), exported).labels());
        assertArrayEquals(binary.predict(data.x()), LibsvmTools.predict(folder, exported, data.x(), false));
    }

    @Test
    void a_linear_model_of_standardised_rows_takes_raw_rows() throws Exception {
        LibsvmTools.need();
        FiveClasses data = FiveClasses.load();
        var model = standardised(data, Kernel.LINEAR);
        Path exported = folder.resolve("m.model");
        assertEquals(null, LibsvmModels.write(model, exported).scale());
        int[] theirs = LibsvmTools.predict(folder, exported, data.test(), false);
        double[][] decisions = model.decisionFunction(data.test());
        for (int i = 0; i < theirs.length; i++) {
            assertEquals(firstOfMostVotes(decisions[i]), theirs[i], "row " + i);
        }
    }

    @Test
    void an_rbf_model_of_standardised_rows_comes_with_ranges_for_svm_scale() throws Exception {
        LibsvmTools.need();
        FiveClasses data = FiveClasses.load();
        var model = standardised(data, Kernel.RBF);
        Path exported = folder.resolve("m.model");
        assertEquals(
                folder.resolve("m.model.scale"),
                LibsvmModels.write(model, exported).scale());
        int[] theirs = LibsvmTools.predict(folder, exported, data.test(), true);
        double[][] decisions = model.decisionFunction(data.test());
        int different = 0;
        for (int i = 0; i < theirs.length; i++) {
            different += firstOfMostVotes(decisions[i]) == theirs[i] ? 0 : 1;
        }
        assertTrue(different <= 2, different + " rows differ; svm-scale prints six digits");
    }

    @ParameterizedTest
    @EnumSource(names = "CUSTOM", mode = EnumSource.Mode.EXCLUDE)
    void what_is_exported_can_be_imported_and_exported_again(Kernel kernel) throws IOException {
        FiveClasses data = FiveClasses.load().first(240);
        var model = fit(data, kernel);
        Path exported = folder.resolve("m.model");
        LibsvmModels.write(model, exported);
        var imported = LibsvmModels.read(exported, 13);
        double[][] ours = model.decisionFunction(data.test());
        double[][] theirs = imported.decisionFunction(data.test());
        for (int i = 0; i < ours.length; i++) {
            assertArrayEquals(ours[i], theirs[i], 1e-9);
        }
        assertEquals(model.options().degree(), imported.options().degree());
        assertEquals(model.options().coef0(), imported.options().coef0());
        Path again = folder.resolve("again.model");
        LibsvmModels.write(imported, again);
        assertEquals(Files.readString(exported), Files.readString(again));
        Path kiln = folder.resolve("m.svm");
        imported.save(kiln);
        assertArrayEquals(theirs, MultiClassSvm.Model.load(kiln).decisionFunction(data.test()));
    }

    @Test
    void equal_support_vectors_of_a_class_are_one_row() throws IOException {
        double[][] x = {{0}, {0}, {0}, {1}, {1}, {4}};
        double[][] y = {{1}, {1}, {-1}, {-1}, {-1}, {1}};
        var model = MultiClassSvm.Model.of(
                new Clouds(x, y).fit(wf, CascadeSvmOptions.builder().build(), 6));
        Path exported = folder.resolve("m.model");
        var what = LibsvmModels.write(model, exported);
        assertEquals(model.supportVectors(), what.supportVectors());
        assertTrue(what.supportVectors() <= 4, "0 on both sides, 1 and 4");
        double[][] ours = model.decisionFunction(x);
        double[][] theirs = LibsvmModels.read(exported, 1).decisionFunction(x);
        for (int i = 0; i < x.length; i++) {
            assertEquals(ours[i][0], theirs[i][0], 1e-6);
        }
    }

    @Test
    void what_is_no_such_model_is_refused_in_one_line() throws IOException {
        assertRefused("expected a model of LIBSVM", "hello");
        assertRefused("svm_type nu_svc: expected c_svc", "svm_type nu_svc\nSV\n");
        String head = "svm_type c_svc\nkernel_type rbf\ngamma 1\nnr_class 2\ntotal_sv 1\nlabel 1 -1\n";
        assertRefused("the file is cut short: 0 support vectors of 1", head + "nr_sv 1 0\nrho 0\nSV\n");
        assertRefused("expected a line rho with 1 value; found none", head + "nr_sv 1 0\nSV\n1 1:2\n");
        assertRefused("line 10: found 0:2; expected index:value", head + "nr_sv 1 0\nrho 0\nSV\n1 0:2\n");
        assertRefused("kernel_type cosine: expected", head.replace("rbf", "cosine") + "nr_sv 1 0\nrho 0\nSV\n1 1:2\n");
        FiveClasses data = FiveClasses.load().first(120);
        var rest = new MultiClassSvm(CascadeSvmOptions.builder().build(), MultiClass.OVR)
                .fit(data.trainX(wf, 60), data.trainY(wf, 60));
        assertTrue(String.valueOf(
                        assertThrows(BadModelException.class, () -> LibsvmModels.write(rest, folder.resolve("m")))
                                .getMessage())
                .contains("--multiclass ovo"));
    }

    private void assertRefused(String message, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.model"), text);
        String found = String.valueOf(assertThrows(BadModelException.class, () -> LibsvmModels.read(file, 1))
                .getMessage());
        assertTrue(found.contains(message), found);
    }

    private MultiClassSvm.Model fit(FiveClasses data, Kernel kernel) {
        var options = CascadeSvmOptions.builder().kernel(kernel).c(1).coef0(kernel == Kernel.POLYNOMIAL ? 1 : -0.5);
        if (kernel == Kernel.POLYNOMIAL) {
            options.degree(2);
        }
        if (kernel == Kernel.SIGMOID) {
            options.gamma(1e-3);
        }
        return new MultiClassSvm(options.build(), MultiClass.OVO).fit(data.trainX(wf, 600), data.trainY(wf, 600));
    }

    private MultiClassSvm.Model standardised(FiveClasses data, Kernel kernel) {
        var options = CascadeSvmOptions.builder().kernel(kernel).c(1).build();
        DsArray x = data.trainX(wf, 600);
        StandardScaler.Model scaler = new StandardScaler().fit(x);
        return new MultiClassSvm(options, MultiClass.OVO)
                .fit(scaler.transform(x), data.trainY(wf, 600))
                .scaledBy(scaler);
    }

    /** LIBSVM's rule, for five classes in pairs. */
    private static int firstOfMostVotes(double[] decisions) {
        int[] votes = new int[5];
        int m = 0;
        for (int i = 0; i < 5; i++) {
            for (int j = i + 1; j < 5; j++) {
                votes[decisions[m++] > 0 ? i : j]++;
            }
        }
        int best = 0;
        for (int k = 1; k < 5; k++) {
            best = votes[k] > votes[best] ? k : best;
        }
        return best;
    }
}
