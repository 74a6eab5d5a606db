package shawk.cli;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command line taken apart, values not looked at yet.
 *
 * @param command what is to be done
 * @param values of the options that were given; a flag's only value is the empty text
 * @param operands what is no option
 */
record Arguments(Command command, Map<Opt, List<String>> values, List<String> operands) {
    Arguments {
        values = values.isEmpty() ? Map.of() : new EnumMap<>(values);
        operands = List.copyOf(operands);
    }

    boolean has(Opt option) {
        return values.containsKey(option);
    }

    /** The value; null where it was not given. */
    @Nullable
    String value(Opt option) {
        List<String> given = values.get(option);
        return given == null ? null : given.get(given.size() - 1);
    }

    /** The value, or what the option table says where it was not given. */
    String valueOrFallback(Opt option) {
        String given = value(option);
        return given == null ? option.fallback() : given;
    }

    /** The values of a repeatable option, in order. */
    List<String> all(Opt option) {
        return values.getOrDefault(option, List.of());
    }

    /** The same with one value of {@code option}, in place of those that were given. */
    Arguments with(Opt option, String value) {
        Map<Opt, List<String>> changed = new EnumMap<>(Opt.class);
        changed.putAll(values);
        changed.put(option, List.of(value));
        return new Arguments(command, changed, operands);
    }
}
