package dev.flotilla.platform.problem;

import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** Reads times and durations from ISO-8601 texts alone: the parser's own would take numbers too, whatever their unit, and empty texts for null. */
final class TimeAsText extends DelegatingDeserializer {
    /** A number in quotes would be taken for seconds as well. */
    private static final Pattern NUMBER_OR_NOTHING = Pattern.compile("\\s*[-+]?[0-9.]*\\s*");

    TimeAsText(ValueDeserializer<?> delegate) {
        super(delegate);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
        return new TimeAsText(delegate);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> throw refusal(json, context);
            case VALUE_STRING -> {
                if (NUMBER_OR_NOTHING.matcher(json.getString()).matches()) {
                    throw refusal(json, context);
                }
                yield super.deserialize(json, context);
            }
            case START_ARRAY -> context.handleUnexpectedToken(handledType(), json);
            case null, default -> super.deserialize(json, context);
        };
    }

    private RuntimeException refusal(JsonParser json, DeserializationContext context) {
        return context.weirdStringException(json.getString(), handledType(), "an ISO-8601 text is expected");
    }
}
