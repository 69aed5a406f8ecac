package dev.flotilla.cli.policy;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Days of the week as they are typed: {@code mon-fri,sun}. */
final class Days implements ITypeConverter<Set<DayOfWeek>> {
    private static final int SHORTEST = 3;

    @Override
    public Set<DayOfWeek> convert(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", 2);
            DayOfWeek day = day(ends[0], text);
            DayOfWeek last = day(ends[ends.length - 1], text);
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String word, String text) {
        String wanted = word.strip().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (wanted.length() >= SHORTEST && day.name().startsWith(wanted)) {
                return day;
            }
        }
        throw new TypeConversionException("'" + text + "' are no days of the week: write mon-fri, or sat,sun");
    }
}
