/**
 * Programs that the tests of the view for Spring Boot Admin start.
 */
package dev.profiled.admin;
