package dev.flotilla.device.repair;

import dev.flotilla.platform.loop.Loop;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What goes on by itself. */
@Configuration(proxyBeanMethods = false)
class RepairConfiguration {
    @Bean
    Loop expireRepairs(Expiry expiry, RepairProperties properties) {
        return new Loop("ending leases", properties.sweep(), expiry::sweep);
    }

    @Bean
    Loop countRepairs(RepairGauges gauges, RepairProperties properties) {
        return new Loop("counting repairs", properties.sweep(), gauges::read);
    }
}
