package dev.kiln.tasks.checker;

import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Task;
import java.util.List;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/** Checks how one {@link Task} method is declared. Each finding stands on the line of what it is about. */
final class DeclarationRules {

    private static final int MOST_PARAMETERS = 8;

    private final Elements elements;
    private final Messager messager;
    private final Travel travel;
    private final Mutability mutability;

    DeclarationRules(ProcessingEnvironment environment) {
        this.elements = environment.getElementUtils();
        this.messager = environment.getMessager();
        this.travel = new Travel(environment.getTypeUtils(), elements);
        this.mutability = new Mutability(environment.getTypeUtils());
    }

    void check(ExecutableElement method) {
        checkReference(method);
        checkAnnotation(method);
        checkInOut(method);
        checkTypes(method);
    }

    /** Whether a method reference names the method, and nothing else. */
    private void checkReference(ExecutableElement method) {
        String name = name(method);
        if (!method.getModifiers().contains(Modifier.STATIC)) {
            report(
                    Rule.NOT_STATIC,
                    method,
                    "a @Task method runs on any node, without an object; found the instance" + " method " + name);
        }
        if (method.getModifiers().contains(Modifier.PROTECTED)) {
            // javac writes a lambda for a reference to it from a subclass in another package, and the name is lost
            report(
                    Rule.PROTECTED,
                    method,
                    "a @Task method must be known by its name, which the compiler drops for"
                            + " some references to a protected one; found " + name);
        }
        if (isOverloaded(method)) {
            report(
                    Rule.OVERLOADED,
                    method,
                    "a method reference must tell which @Task method it means; found another " + name);
        }
        if (method.isVarArgs()) {
            report(Rule.VARARGS, method, "a @Task method has a fixed number of parameters; found varargs in " + name);
        }
        if (!method.getTypeParameters().isEmpty()) {
            report(
                    Rule.GENERIC,
                    method,
                    "the types of a @Task method must be known where it is named; found the type" + " parameter "
                            + method.getTypeParameters().getFirst() + " of " + name);
        }
        if (method.getParameters().size() > MOST_PARAMETERS) {
            report(
                    Rule.TOO_MANY_PARAMETERS,
                    method,
                    "a @Task method takes up to " + MOST_PARAMETERS + " parameters; found "
                            + method.getParameters().size() + " of " + name);
        }
    }

    private boolean isOverloaded(ExecutableElement method) {
        var owner = (TypeElement) method.getEnclosingElement();
        return ElementFilter.methodsIn(elements.getAllMembers(owner)).stream()
                .filter(other -> other.getSimpleName().equals(method.getSimpleName()))
                .anyMatch(other -> !other.equals(method)
                        && !elements.hides(method, other)
                        && !elements.overrides(method, other, owner));
    }

    private void checkAnnotation(ExecutableElement method) {
        Task task = method.getAnnotation(Task.class);
        if (task.retries() < 0) {
            for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
                mirror.getElementValues().forEach((element, value) -> {
                    if (element.getSimpleName().contentEquals("retries")
                            && mirror.getAnnotationType().toString().equals(Task.class.getName())) {
                        messager.printMessage(
                                Diagnostic.Kind.ERROR,
                                Rule.NEGATIVE_RETRIES.message(
                                        "retries is how many more times a task is tried; found " + task.retries()),
                                method,
                                mirror,
                                value);
                    }
                });
            }
        }
    }

    private void checkInOut(ExecutableElement method) {
        List<? extends VariableElement> parameters = method.getParameters();
        boolean returns = method.getReturnType().getKind() != TypeKind.VOID;
        boolean changes = false;
        for (int i = 0; i < parameters.size(); i++) {
            VariableElement parameter = parameters.get(i);
            if (parameter.getAnnotation(InOut.class) == null) {
                continue;
            }
            changes = true;
            if (i > 0) {
                report(
                        Rule.IN_OUT_NOT_FIRST,
                        parameter,
                        "@InOut marks the first parameter alone; found it on '" + parameter.getSimpleName()
                                + "', number " + (i + 1));
            } else if (returns) {
                report(
                        Rule.IN_OUT_NOT_VOID,
                        parameter,
                        "a method with an @InOut parameter is void, since its value is" + " that parameter; found "
                                + method.getReturnType() + " " + name(method));
            }
            if (mutability.isImmutable(parameter.asType())) {
                report(
                        Rule.IN_OUT_IMMUTABLE,
                        parameter,
                        "@InOut marks a value that the method changes; found '"
                                + parameter.getSimpleName() + "' of type " + Travel.show(parameter.asType())
                                + ", which cannot change");
            }
        }
        if (!returns && !changes) {
            report(
                    Rule.NO_RESULT,
                    method,
                    "a @Task method makes or changes a value; found void " + name(method) + " without @InOut");
        }
    }

    private void checkTypes(ExecutableElement method) {
        for (VariableElement parameter : method.getParameters()) {
            String obstacle = travel.obstacle(parameter.asType());
            if (obstacle != null) {
                report(
                        Rule.PARAMETER_CANNOT_TRAVEL,
                        parameter,
                        "a parameter of a @Task method travels between nodes; '" + parameter.getSimpleName()
                                + "' cannot: " + obstacle);
            }
        }
        String obstacle = travel.obstacle(method.getReturnType());
        if (obstacle != null) {
            report(
                    Rule.RESULT_CANNOT_TRAVEL,
                    method,
                    "the result of a @Task method travels between nodes; that of " + name(method) + " cannot: "
                            + obstacle);
        }
    }

    private static String name(ExecutableElement method) {
        Element owner = method.getEnclosingElement();
        return (owner == null ? "" : owner.getSimpleName() + ".") + method.getSimpleName();
    }

    private void report(Rule rule, Element at, String expectedAndFound) {
        messager.printMessage(Diagnostic.Kind.ERROR, rule.message(expectedAndFound), at);
    }
}
