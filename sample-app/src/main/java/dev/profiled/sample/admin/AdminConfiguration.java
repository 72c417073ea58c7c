package dev.profiled.sample.admin;

import de.codecentric.boot.admin.server.config.EnableAdminServer;
import org.springframework.context.annotation.Configuration;

/**
 * Runs Spring Boot Admin inside the sample, so that there is something to click on
 * without a second program.
 */
@EnableAdminServer
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

}
