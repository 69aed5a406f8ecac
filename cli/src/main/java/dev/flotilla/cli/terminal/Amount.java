package dev.flotilla.cli.terminal;

import dev.flotilla.api.Amounts;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Amounts of machines as options take them, checked before anybody is asked, so that what is wrong names the option. */
public final class Amount {
    private Amount() {}

    private static String checked(String text, String pattern, String allowed) {
        if (text.matches(pattern)) {
            return text;
        }
        throw new TypeConversionException("'" + text + "' " + allowed + ", such as 3 or 20%");
    }

    /** One machine at least. */
    public static final class Some implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, Amounts.SOME, Amounts.SOME_ALLOWED);
        }
    }

    /** None too. */
    public static final class Any implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, Amounts.ANY, Amounts.ANY_ALLOWED);
        }
    }
}
