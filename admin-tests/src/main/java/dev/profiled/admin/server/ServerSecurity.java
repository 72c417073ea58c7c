package dev.profiled.admin.server;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/**
 * With {@code app.secured} the set-up that Spring Boot Admin's documentation gives, else
 * none.
 */
@Configuration(proxyBeanMethods = false)
class ServerSecurity {

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
	SecurityFilterChain secured(HttpSecurity http, @Value("${spring.boot.admin.context-path:}") String path)
			throws Exception {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers(path + "/assets/**", path + "/login")
				.permitAll()
				.anyRequest()
				.authenticated())
			.formLogin((form) -> form.loginPage(path + "/login").defaultSuccessUrl(path + "/"))
			.logout((logout) -> logout.logoutUrl(path + "/logout"))
			.httpBasic(Customizer.withDefaults())
			.csrf((csrf) -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
				.csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
				.ignoringRequestMatchers(path + "/instances", path + "/instances/*"))
			.addFilterAfter(new CsrfCookieFilter(), BasicAuthenticationFilter.class)
			.build();
	}

}
