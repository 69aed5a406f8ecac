package dev.flotilla.cli.terminal;

import java.io.PrintStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where results and notes go: results to standard output, in the form asked for; notes on what is going on to standard error, so that
 * they are in nobody's way.
 */
public final class Output {
    /** How results are written. */
    public enum Format {
        table,
        json
    }

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Longer lines are hard to read. */
    private static final int WIDEST = 120;

    private final PrintStream out;
    private final PrintStream err;
    private final Format format;
    private final int columns;

    /** @param columns of the terminal that standard output is; 0 when it is none */
    public Output(PrintStream out, PrintStream err, Format format, int columns) {
        this.out = out;
        this.err = err;
        this.format = format;
        this.columns = columns;
    }

    /** As results are written for scripts. */
    public static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    public boolean json() {
        return format == Format.json;
    }

    /** Whether a person looks at standard output just now. */
    public boolean terminal() {
        return columns > 0 && format == Format.table;
    }

    /** A result: the value as JSON, or the text in lines that fit the terminal; where there is none, in lines that are not broken. */
    public void result(Object value, Text text) {
        verbatim(value, json() ? "" : text.in(width()));
    }

    /** A result: the value as JSON, or sentences in lines that fit the terminal. */
    public void result(Object value, String text) {
        result(value, Text.of(text));
    }

    /** A result: the value as JSON, or the text as it is: what is to be typed or passed on must not be broken. */
    public void verbatim(Object value, String text) {
        out.println(json() ? json(value) : text);
        out.flush();
    }

    /** A line of a result that has no other form. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /** A text in lines that fit the terminal. */
    public void line(Text text) {
        line(text.in(width()));
    }

    /** Something to know while it goes on. */
    public void note(String text) {
        note(Text.of(text));
    }

    /** Something to know while it goes on. */
    public void note(Text text) {
        err.println(text.in(width()));
        err.flush();
    }

    /** The text in lines that fit the terminal. */
    public String fitting(String text) {
        return Text.of(text).in(width());
    }

    private int width() {
        return columns == 0 ? Text.UNBROKEN : Math.min(columns, WIDEST);
    }

    /** Rewrites the current line of the terminal, with the shorter text where the other does not fit into it. */
    public void overwrite(String text, String shorter) {
        out.print("\r\u001b[K" + fitted(text, shorter, columns - 1));
        out.flush();
    }

    /** Where not even the shorter text fits one sees that it is cut. */
    static String fitted(String text, String shorter, int room) {
        if (text.length() <= room) {
            return text;
        }
        return shorter.length() <= room ? shorter : shorter.substring(0, Math.max(0, room - 3)) + "...";
    }
}
