package dev.flotilla.platform;

import dev.flotilla.api.Page;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A service as small as can be, to test the platform with. */
@SpringBootApplication(proxyBeanMethods = false)
@ImportHttpServices(group = "upload-service", types = UploadApi.class)
public class SampleService {
    interface SampleApi {
        @GetExchange("/v1/services/{service}")
        String read(@PathVariable @ServiceName String service);

        @GetExchange("/v1/list")
        Page<String> list(
                @RequestParam(required = false, defaultValue = "10") int limit,
                @RequestParam(required = false) @Nullable String cursor,
                @RequestParam(required = false, defaultValue = "PT0S") Duration wait);

        @GetExchange("/v1/services/{service}/list")
        Page<String> listOf(
                @PathVariable @ServiceName String service,
                @RequestParam(required = false) @Nullable String colour,
                @RequestParam(required = false, defaultValue = "10") int limit,
                @RequestParam(required = false) @Nullable String cursor);

        @PostExchange("/v1/lookup")
        MachineLookup lookup(@RequestBody @Valid MachineLookup.Request request);

        @PostExchange("/v1/orders")
        String order(@RequestBody @Valid SignedOrder order);

        @GetExchange(value = "/v1/stream", accept = "text/event-stream")
        SseEmitter stream(@RequestParam(required = false) @Nullable String since);
    }

    record Window(@Nullable String from) {}

    @RestController
    static class SampleFragment {
        @GetMapping("/fragment")
        String fragment(Window window) {
            return "from " + window.from();
        }
    }

    @Controller
    static class SamplePage {
        @GetMapping("/page")
        @ResponseBody
        String page() {
            return "a page";
        }
    }

    @RestController
    static class SampleController implements SampleApi {
        private final UploadApi uploads;

        SampleController(UploadApi uploads) {
            this.uploads = uploads;
        }

        @Override
        public String read(String service) {
            return service;
        }

        @Override
        public Page<String> list(int limit, @Nullable String cursor, Duration wait) {
            long from = cursor == null ? 0 : Cursors.decodeNumber(cursor);
            return new Page<>(List.of(wait + " " + Limits.check(limit, 100)), Cursors.encode("" + (from + 1)));
        }

        @Override
        public Page<String> listOf(String service, @Nullable String colour, int limit, @Nullable String cursor) {
            return list(limit, cursor, Duration.ZERO);
        }

        @Override
        public MachineLookup lookup(MachineLookup.Request request) {
            Caller.current().require(Role.DEPLOYER);
            Caller.current().requireService("hello");
            return new MachineLookup(List.of(), request.names());
        }

        @Override
        public SseEmitter stream(@Nullable String since) {
            SseEmitter events = new SseEmitter();
            events.complete();
            return events;
        }

        @Override
        public String order(SignedOrder order) {
            return switch (order.jws()) {
                case "conflict" -> throw ProblemException.conflict("it is otherwise");
                case "remote" -> uploads.version("hello", "1").version();
                default -> throw new IllegalStateException("a bug");
            };
        }
    }
}
