package shawk.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signals that arrive as calls. {@code sun.misc.Signal} is all that the JDK has for it, and its compiler warns of that
 * class without a way to say that it is meant: hence by reflection.
 */
final class Signals {
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private Signals() {}

    /**
     * From now on {@code signal} calls {@code action} with its name, on a thread of the JVM's. A signal that was
     * ignored when the program started stays ignored.
     *
     * @param signal name without {@code SIG}
     */
    static void handle(String signal, Consumer<String> action) {
        try {
            Class<?> type = Class.forName(SIGNAL);
            Class<?> handlerType = Class.forName(HANDLER);
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, new Calls(signal, action));
            type.getMethod("handle", type, handlerType)
                    .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no " + SIGNAL + " for SIG" + signal, e);
        }
    }

    private record Calls(String signal, Consumer<String> action) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "handle" -> {
                    action.accept(signal);
                    yield null;
                }
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> signal.hashCode();
                default -> signal;
            };
        }
    }
}
