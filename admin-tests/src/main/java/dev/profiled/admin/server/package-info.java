/**
 * A Spring Boot Admin server.
 */
package dev.profiled.admin.server;
