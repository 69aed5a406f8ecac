package dev.flotilla.cli.remote;

import dev.flotilla.api.agent.AgentApi;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.TopologyApi;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.api.upload.BoqApi;
import dev.flotilla.api.upload.BoqKeyApi;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.platform.client.ClientProperties;
import dev.flotilla.platform.client.ServiceClients;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.security.TokenSource;
import dev.flotilla.standalone.Part;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The services of a cluster, as clients of their interfaces. */
public final class Remote {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(40);

    private final Endpoints endpoints;
    private final TokenSource tokens;
    private final TokenSource agentTokens;
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final ServiceClients clients = new ServiceClients(json, ClientProperties.DEFAULTS);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    private Remote(Endpoints endpoints, TokenSource tokens, TokenSource agentTokens) {
        this.endpoints = endpoints;
        this.tokens = tokens;
        this.agentTokens = agentTokens;
    }

    private Remote(DataFolder data, Role... roles) {
        this(Endpoints.of(data), Tokens.of(data, roles), Tokens.forAgents(data));
    }

    /** The cluster of this session, with the rights of an owner of all services. */
    public static Remote asOwner(Session session) {
        return new Remote(new DataFolder(session.data()), Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER);
    }

    /** The same with the rights of an operator. */
    public static Remote asOperator(Session session) {
        return asOperator(new DataFolder(session.data()));
    }

    /** The same for the cluster in this folder. */
    public static Remote asOperator(DataFolder data) {
        return new Remote(data, Role.OPERATOR);
    }

    /** The same with the rights of a tenant. */
    public static Remote asTenant(Session session, String tenant) {
        DataFolder data = new DataFolder(session.data());
        return new Remote(Endpoints.of(data), Tokens.ofTenant(data, tenant), Tokens.forAgents(data));
    }

    /** The policy engine's maintenance requests; at another address than the cluster's, where one is given. */
    public MaintenanceApi maintenance(@Nullable URI address) {
        URI engine = address == null ? endpoints.of(Part.POLICY) : address;
        return clients.create(MaintenanceApi.class, Part.POLICY.folder() + " at " + engine, builder(engine), tokens);
    }

    public UploadApi uploads() {
        return client(UploadApi.class, Part.UPLOAD);
    }

    public BoqApi boq() {
        return client(BoqApi.class, Part.UPLOAD);
    }

    public BoqKeyApi boqKeys() {
        return client(BoqKeyApi.class, Part.UPLOAD);
    }

    public TargetApi targets() {
        return client(TargetApi.class, Part.TARGET);
    }

    public RegistryApi registry() {
        return client(RegistryApi.class, Part.REGISTRY);
    }

    public OrchestratorApi orchestrator() {
        return client(OrchestratorApi.class, Part.ORCHESTRATOR);
    }

    public DeviceApi devices() {
        return client(DeviceApi.class, Part.DEVICE);
    }

    public PolicyApi policies() {
        return client(PolicyApi.class, Part.POLICY);
    }

    public RulesApi rules() {
        return client(RulesApi.class, Part.POLICY);
    }

    public TopologyApi topology() {
        return client(TopologyApi.class, Part.DEVICE);
    }

    public RepairApi repairs() {
        return client(RepairApi.class, Part.DEVICE);
    }

    public HealthApi health() {
        return client(HealthApi.class, Part.DEVICE);
    }

    /** The agent at this address. */
    public AgentApi agent(URI address) {
        return clients.create(AgentApi.class, "the agent at " + address, builder(address), agentTokens);
    }

    public Uploader uploader() {
        return new Uploader(http, endpoints.of(Part.UPLOAD), tokens, json);
    }

    public ProgressFeed progress() {
        return new ProgressFeed(http, endpoints.of(Part.ORCHESTRATOR), targets(), tokens, json);
    }

    private <T> T client(Class<T> api, Part part) {
        URI address = endpoints.of(part);
        return clients.create(api, part.folder() + " at " + address, builder(address), tokens);
    }

    private RestClient.Builder builder(URI address) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(READ);
        return RestClient.builder().baseUrl(address.toString()).requestFactory(requests);
    }
}
