package shawk.expr;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import shawk.model.SafeText;

/**
 * A regular expression of {@code java.util.regex}, found anywhere in a text. It is typed by the user, but tried on
 * texts that others chose: {@link Search} bounds the work. Two are equal where they are spelled alike.
 */
final class Regex {
    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The expression {@code regex}, which stands at {@code index} of {@code text}. */
    static Regex parse(String regex, String text, int index) throws ExprException {
        try {
            return new Regex(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            String problem = SafeText.of(e.getDescription()).value();
            throw ExprException.at(text, index, "wrong regular expression", problem.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | StackOverflowError e) {
            throw ExprException.at(text, index, "this regular expression cannot be used", "write a simpler one");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Regex that && pattern.pattern().equals(that.pattern.pattern());
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    /**
     * Tries the expression on the texts of one snapshot. A text that needs more than {@value #STEPS_PER_TEXT} steps, or
     * more stack than there is, counts as one where it is not found; so does every text once all of them together have
     * needed {@value #STEPS_IN_ALL}. Used by one thread.
     */
    static final class Search implements CharSequence {
        private static final int STEPS_PER_TEXT = 100_000;
        private static final int STEPS_IN_ALL = 2_000_000;

        private final Matcher matcher;
        private CharSequence text = "";
        private int steps;
        private int stepsInAll;

        Search(Regex regex) {
            matcher = regex.pattern.matcher("");
        }

        boolean found(CharSequence in) {
            text = in;
            steps = Math.min(STEPS_PER_TEXT, STEPS_IN_ALL - stepsInAll);
            int before = steps;
            try {
                return matcher.reset(this).find();
            } catch (OutOfSteps | StackOverflowError e) {
                return false;
            } finally {
                stepsInAll += before - Math.max(0, steps);
            }
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--steps < 0) {
                throw new OutOfSteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class OutOfSteps extends RuntimeException {
        OutOfSteps() {
            super("too many steps", null, false, false);
        }
    }
}
