package dev.flotilla.platform.problem;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Takes JSON at its word: a value of another type than the field's is refused (but a number where an amount of machines is meant), and so is a
 * field that is given twice. What the parser would
 * make of them otherwise (the first constant of 0, no time at all of an empty text, a Duration of a number) is seldom what the caller meant.
 */
final class StrictJson implements JsonMapperBuilderCustomizer {
    @Override
    public void customize(JsonMapper.Builder json) {
        json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new AmountsAsNumbers(), new JacksonAnnotationIntrospector()))
                .addModule(new SimpleModule("flotilla-times").setDeserializerModifier(new TimesAsText()));
        refuse(json, LogicalType.Textual, CoercionInputShape.Integer, CoercionInputShape.Float);
        refuse(json, LogicalType.Textual, CoercionInputShape.Boolean);
        refuse(json, LogicalType.Enum, CoercionInputShape.Integer, CoercionInputShape.EmptyString);
        refuse(json, LogicalType.Boolean, CoercionInputShape.Integer, CoercionInputShape.EmptyString);
        refuse(json, LogicalType.Integer, CoercionInputShape.Float, CoercionInputShape.EmptyString);
        refuse(json, LogicalType.Float, CoercionInputShape.EmptyString);
    }

    private static void refuse(JsonMapper.Builder json, LogicalType type, CoercionInputShape... shapes) {
        json.withCoercionConfig(type, coercions -> {
            for (CoercionInputShape shape : shapes) {
                coercions.setCoercion(shape, CoercionAction.Fail);
            }
        });
    }

    private static final class TimesAsText extends ValueDeserializerModifier {
        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> deserializer) {
            return bean.getBeanClass().getPackageName().equals("java.time")
                    ? new TimeAsText(deserializer)
                    : deserializer;
        }
    }
}
