package dev.profiled.sample.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

import org.h2.tools.Server;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Plays the remote database: a real server in this process, which the application only
 * reaches over the network, like any other client. An embedded database would answer on
 * the thread that asks, and its queries would be CPU time of the request.
 */
@Component
class DatabaseServer implements JdbcConnectionDetails, DisposableBean {

	static {
		// A sample has no business on the network. The server has no option for that.
		System.setProperty("h2.bindAddress", "127.0.0.1");
	}

	private final String name = "order-desk-" + UUID.randomUUID();

	private final String password = UUID.randomUUID().toString();

	private final Connection keeper;

	private final Server server;

	DatabaseServer() throws SQLException {
		// Clients may not create databases, and this one lasts as long as somebody is
		// connected.
		this.keeper = DriverManager.getConnection("jdbc:h2:mem:" + this.name, getUsername(), this.password);
		this.server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start();
	}

	@Override
	public String getJdbcUrl() {
		return "jdbc:h2:tcp://127.0.0.1:" + this.server.getPort() + "/mem:" + this.name;
	}

	@Override
	public String getUsername() {
		return "order-desk";
	}

	@Override
	public String getPassword() {
		return this.password;
	}

	@Override
	public void destroy() throws SQLException {
		this.server.stop();
		this.keeper.close();
	}

}
