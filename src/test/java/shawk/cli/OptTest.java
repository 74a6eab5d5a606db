package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of options makes sense. */
final class OptTest {
    @ParameterizedTest
    @EnumSource
    void aNameMeansOneThingToACommand(Command command) {
        List<String> names = new ArrayList<>();
        for (Opt option : Opt.of(command)) {
            names.add(option.longName());
            if (!option.shortName().isEmpty()) {
                names.add(option.shortName());
            }
            assertThat(Opt.find(command, option.longName())).isEqualTo(option);
        }
        assertThat(names).doesNotHaveDuplicates().contains("--help", "--version", "--credits");
    }

    @ParameterizedTest
    @EnumSource
    void aDefaultIsOneOfTheValues(Opt option) {
        if (option.choices().size() > 1 && !option.fallback().isEmpty() && option != Opt.SORT) {
            assertThat(option.choices()).contains(option.fallback());
        }
        assertThat(option.takesValue() || option.fallback().isEmpty()).isTrue();
    }
}
