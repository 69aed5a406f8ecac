package dev.flotilla.device.topology;

import dev.flotilla.api.PlaceName;
import dev.flotilla.api.device.ImportResult;
import dev.flotilla.api.device.Machine;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The topology as CSV, of any size. */
@RestController
class CsvController {
    private static final String CSV = "text/csv";
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(CsvMachines.COLUMNS.toArray(String[]::new))
            .get();
    private static final int PAGE = 5_000;

    private final Topology topology;
    private final TopologyChanges changes;

    CsvController(Topology topology, TopologyChanges changes) {
        this.topology = topology;
        this.changes = changes;
    }

    /** Adds or changes the machines of a CSV file in one transaction; machines not named stay. */
    @PutMapping(value = "/v1/machines", consumes = CSV)
    @RequestBody(
            description = "a header, then one machine a line; the column tenant may be left out",
            content =
                    @Content(
                            mediaType = "text/csv",
                            schema =
                                    @Schema(
                                            type = "string",
                                            example =
                                                    "name,environment,machineFunction,faultDomain,region,address,tenant\nm1,prod-a,web,fd-1,region-a,http://10.0.0.7:8084,\n")))
    ImportResult importCsv(InputStream body) {
        Caller.current().require(Role.OPERATOR);
        return changes.put(new CsvMachines(body));
    }

    /** All machines that the filter lets through, by name, read page by page as the receiver takes them. */
    @GetMapping(value = "/v1/machines", produces = CSV)
    void exportCsv(
            @RequestParam(required = false) @Nullable @PlaceName String environment,
            @RequestParam(required = false) @Nullable @PlaceName String machineFunction,
            @RequestParam(required = false) @Nullable @PlaceName String faultDomain,
            @RequestParam(required = false) @Nullable @PlaceName String region,
            @RequestParam(required = false) @Nullable @PlaceName String tenant,
            HttpServletResponse response)
            throws IOException {
        var filter = new MachineFilter(environment, machineFunction, faultDomain, region, tenant);
        List<Machine> page = topology.machines(filter, "", PAGE);
        response.setContentType(CSV + ";charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"machines.csv\"");
        var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        try (CSVPrinter printer = new CSVPrinter(out, FORMAT)) {
            while (!page.isEmpty()) {
                for (Machine machine : page) {
                    printer.printRecord(
                            machine.name(),
                            machine.environment(),
                            machine.machineFunction(),
                            machine.faultDomain(),
                            machine.region(),
                            machine.address(),
                            machine.tenant());
                }
                page = topology.machines(filter, page.getLast().name(), PAGE);
            }
        }
    }
}
