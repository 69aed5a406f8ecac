package dev.flotilla.platform.problem;

import dev.flotilla.api.Problem.FieldError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON as strictly as services read the bodies of requests, for who is about to send it. */
public final class RequestJson {
    private static final JsonMapper STRICT = strict();

    private RequestJson() {}

    /** What is wrong with it, as a service would say it. */
    public static final class Unreadable extends Exception {
        private Unreadable(FieldError error, JacksonException cause) {
            super(error.field() + ": " + error.message(), cause);
        }
    }

    private static JsonMapper strict() {
        JsonMapper.Builder json = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        new StrictJson().customize(json);
        return json.build();
    }

    public static <T> T read(String json, Class<T> type) throws Unreadable {
        try {
            return STRICT.readValue(json, type);
        } catch (JacksonException e) {
            throw new Unreadable(UnreadableBody.explain(e), e);
        }
    }
}
