package dev.profiled.admin.client;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * With {@code app.secured} everything of the actuator needs a password and pages may not
 * be framed, else nothing is secured.
 */
@Configuration(proxyBeanMethods = false)
class ClientSecurity {

	@Bean
	@ConditionalOnProperty(name = "app.secured", havingValue = "false", matchIfMissing = true)
	SecurityFilterChain open(HttpSecurity http) throws Exception {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.headers(AbstractHttpConfigurer::disable)
			.csrf(AbstractHttpConfigurer::disable)
			.build();
	}

	@Bean
	@ConditionalOnProperty("app.secured")
	SecurityFilterChain secured(HttpSecurity http) throws Exception {
		return http
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/work/**").permitAll().anyRequest().authenticated())
			.httpBasic(Customizer.withDefaults())
			.csrf((csrf) -> csrf.ignoringRequestMatchers("/actuator/**"))
			.build();
	}

}
