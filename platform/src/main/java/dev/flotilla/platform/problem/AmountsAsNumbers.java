package dev.flotilla.platform.problem;

import dev.flotilla.api.Amounts;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.Version;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/** An amount of machines is a text, since it may be a share; where it is a number it may be written as one, and its pattern says which are allowed. */
final class AmountsAsNumbers extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
        Pattern pattern = annotated.getAnnotation(Pattern.class);
        boolean amount = pattern != null
                && (pattern.regexp().equals(Amounts.SOME) || pattern.regexp().equals(Amounts.ANY));
        return amount ? AmountAsText.class : null;
    }

    /** Takes texts and numbers. */
    static final class AmountAsText extends StdScalarDeserializer<String> {
        AmountAsText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) {
            return json.hasToken(JsonToken.VALUE_STRING)
                            || json.hasToken(JsonToken.VALUE_NUMBER_INT)
                            || json.hasToken(JsonToken.VALUE_NUMBER_FLOAT)
                    ? json.getString()
                    : (String) context.handleUnexpectedToken(String.class, json);
        }
    }
}
