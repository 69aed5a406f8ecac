package dev.flotilla.device.testing;

import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The contracts of the service under test, called as another service would. */
public final class TestApis {
    private TestApis() {}

    /** A client of one contract. */
    public static <T> T client(Class<T> contract, int port, String authorization) {
        RestClient rest = RestClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeader("Authorization", authorization)
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest))
                .build()
                .createClient(contract);
    }
}
