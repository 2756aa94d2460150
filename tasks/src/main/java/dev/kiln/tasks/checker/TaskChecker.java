package dev.kiln.tasks.checker;

import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Task;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * The annotation processor: checks declarations of {@link Task} methods under every compiler, and calls of them under
 * javac, whose trees it needs for that. Claims no annotation and writes no file.
 */
@SupportedAnnotationTypes("*") // a source may call tasks and declare none
public final class TaskChecker extends AbstractProcessor {

    /** For the compiler. */
    public TaskChecker() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        try {
            CallSites.listen(environment);
        } catch (IllegalArgumentException | LinkageError e) {
            // Another compiler, or one that hides its trees: calls are then checked when they are made.
        }
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        var rules = new DeclarationRules(processingEnv);
        for (Element element : round.getElementsAnnotatedWith(Task.class)) {
            if (element instanceof ExecutableElement method) {
                rules.check(method);
            }
        }
        for (Element parameter : round.getElementsAnnotatedWith(InOut.class)) {
            Element method = parameter.getEnclosingElement();
            if (method != null && method.getAnnotation(Task.class) == null) {
                processingEnv
                        .getMessager()
                        .printMessage(
                                Diagnostic.Kind.ERROR,
                                Rule.IN_OUT_WITHOUT_TASK.message("@InOut marks a parameter of a @Task method, found "
                                        + method.getSimpleName() + " without it"),
                                parameter);
            }
        }
        return false;
    }
}
