package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.data.DataFile;
import dev.kiln.dislib.data.Loaded;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.DocSnippets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/cascade-svm.md shows is run here. */
class CascadeSvmPageTest {

    @Test
    void the_page_shows_what_is_run_here() {
        assertEquals(
                List.of(),
                DocSnippets.problems(
                        "docs/cascade-svm.md", "csvm/src/test/java/dev/kiln/csvm/CascadeSvmPageTest.java"));
    }

    @Test
    void the_snippets_train_and_predict(@TempDir Path folder) throws IOException {
        Path trainFile = Path.of("../examples/data/magic04.train.csv");
        Path testFile = Path.of("../examples/data/magic04.test.csv");
        Path file = folder.resolve("magic.svm");
        double[][] rows = {{24.6, 12.9, 2.4, 0.56, 0.3, 17.4, 19.6, 8.3, 22.8, 217}};
        try (LocalCluster cluster = LocalCluster.start(2);
                Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            // snippet: train
            var options = CascadeSvmOptions.builder().c(10).gamma(0.1).build();
            Loaded train = DataFile.at(trainFile).blockRows(2_000).load(wf);
            StandardScaler.Model scaler = new StandardScaler().fit(train.x());
            CascadeSvm.Model model = new CascadeSvm(options)
                    .fit(scaler.transform(train.x()), train.labels().signs("g"))
                    .named("g", "h")
                    .scaledBy(scaler);
            // end

            // snippet: predict
            Loaded test = DataFile.at(testFile).like(train).load(wf);
            double accuracy = model.score(test.x(), test.labels().signs("g"));
            DsArray decisions = model.decisionFunction(test.x()); // one column, above 0 for "g", where the rows are
            model.save(file);
            int[] signs = CascadeSvm.Model.load(file).predict(rows); // rows held here: double[][]
            // end

            // snippet: multi
            List<String> names = train.labels().distinct();
            DsArray y = train.labels().codes(names); // 0, 1, ...
            MultiClassSvm.Model many = new MultiClassSvm(options, MultiClass.OVO)
                    .withProbability()
                    .fit(scaler.transform(train.x()), y)
                    .named(names)
                    .scaledBy(scaler);
            DsArray codes = many.predict(train.x()); // one column, where the rows are
            DsArray probabilities = many.probabilities(train.x()); // a column a class
            // end

            Path numbersFile = Files.write(folder.resolve("numbers.csv"), List.of("1,0,1", "2,1,3", "3,0,3", "4,1,5"));
            // snippet: numbers
            Loaded prices = DataFile.at(numbersFile).load(wf);
            DsArray targets = prices.labels().numbers(); // one column
            EpsilonSvr.Model svr = new EpsilonSvr(options, 0.05).fit(prices.x(), targets);
            double r2 = svr.score(prices.x(), targets);
            OneClassSvm.Model usual = new OneClassSvm(options, 0.01).fit(prices.x());
            DsArray inside = usual.predict(prices.x()); // one column, -1 for an outlier
            // end

            assertTrue(r2 > 0.5);
            assertEquals(4, inside.rows());
            assertEquals(1, codes.columns());
            assertEquals(2, probabilities.columns());
            assertTrue(accuracy > 0.87);
            assertEquals(test.x().rows(), decisions.rows());
            assertEquals(1, signs.length);
        }
    }
}
