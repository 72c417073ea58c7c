/**
 * An application that registers with Spring Boot Admin.
 */
package dev.profiled.admin.client;
