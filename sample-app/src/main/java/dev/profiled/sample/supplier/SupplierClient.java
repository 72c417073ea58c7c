package dev.profiled.sample.supplier;

import java.util.List;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

import dev.profiled.sample.LocalServer;

/**
 * Asks the supplier for offers.
 */
@Component
class SupplierClient {

	private static final ParameterizedTypeReference<List<Offer>> OFFERS = new ParameterizedTypeReference<>() {
	};

	private final RestClient client;

	private final LocalServer supplier;

	SupplierClient(RestClient.Builder client, LocalServer supplier) {
		this.client = client.build();
		this.supplier = supplier;
	}

	List<Offer> offers(long product) {
		List<Offer> offers = this.client.get()
			.uri(this.supplier.address() + "/supplier/{product}", product)
			.retrieve()
			.body(OFFERS);
		return (offers != null) ? offers : List.of();
	}

}
