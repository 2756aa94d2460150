package dev.kiln.tasks.checker;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Checks what is given to {@link Workflow#task} and {@link Workflow#update}. Which method a reference names is known
 * only after javac has attributed a class, long after annotation processing, so this listens for that. A variable that
 * holds a reference is let pass; it is checked when the call is made.
 */
final class CallSites extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final Trees trees;

    private CallSites(Trees trees) {
        this.trees = trees;
    }

    /**
     * Checks every class compiled from now on.
     *
     * @throws IllegalArgumentException when the compiler is not javac
     */
    static void listen(ProcessingEnvironment environment) {
        Trees trees = Trees.instance(environment);
        JavacTask.instance(environment).addTaskListener(new TaskListener() {
            @Override
            public void finished(TaskEvent event) {
                TypeElement type = event.getTypeElement();
                if (event.getKind() == TaskEvent.Kind.ANALYZE && type != null) {
                    // This class alone: others of the file may be taken apart already, or not yet attributed.
                    ClassTree body = trees.getTree(type);
                    if (body != null) {
                        new CallSites(trees).scan(TreePath.getPath(event.getCompilationUnit(), body), null);
                    }
                }
            }
        });
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
        if (call.getArguments().size() == 1
                && trees.getElement(new TreePath(getCurrentPath(), call.getMethodSelect()))
                        instanceof ExecutableElement method
                && isWorkflow(method.getEnclosingElement())) {
            switch (method.getSimpleName().toString()) {
                case "task" -> check(call.getArguments().getFirst(), false);
                case "update" -> check(call.getArguments().getFirst(), true);
                default -> {}
            }
        }
        return super.visitMethodInvocation(call, null);
    }

    private static boolean isWorkflow(@Nullable Element owner) {
        return owner instanceof TypeElement type && type.getQualifiedName().contentEquals(Workflow.class.getName());
    }

    private void check(ExpressionTree argument, boolean update) {
        ExpressionTree bare = withoutCasts(argument);
        if (bare instanceof LambdaExpressionTree) {
            report(
                    Rule.LAMBDA,
                    bare,
                    "expected a reference to a @Task method, found a lambda, which has no name on" + " another node");
        } else if (bare instanceof MemberReferenceTree reference
                && trees.getElement(new TreePath(getCurrentPath(), bare)) instanceof ExecutableElement method) {
            if (method.getAnnotation(Task.class) == null) {
                report(Rule.NOT_A_TASK, bare, "expected a reference to a @Task method, found " + reference);
            } else if (update && !changesFirst(method)) {
                report(
                        Rule.NOTHING_TO_UPDATE,
                        bare,
                        "update(...) takes a method that changes its first parameter, found " + reference);
            } else if (!update && changesFirst(method)) {
                report(
                        Rule.CHANGES_ITS_PARAMETER,
                        bare,
                        "task(...) takes a method that returns a new value, found " + reference
                                + ", which changes its first parameter");
            }
        }
    }

    private static boolean changesFirst(ExecutableElement method) {
        return !method.getParameters().isEmpty()
                && method.getParameters().getFirst().getAnnotation(InOut.class) != null;
    }

    private static ExpressionTree withoutCasts(ExpressionTree expression) {
        return switch (expression) {
            case ParenthesizedTree wrapped -> withoutCasts(wrapped.getExpression());
            case TypeCastTree cast -> withoutCasts(cast.getExpression());
            default -> expression;
        };
    }

    private void report(Rule rule, Tree at, String expectedAndFound) {
        trees.printMessage(
                Diagnostic.Kind.ERROR,
                rule.message(expectedAndFound),
                at,
                getCurrentPath().getCompilationUnit());
    }
}
