package dev.profiled.code;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;

import dev.profiled.Profiled;
import dev.profiled.request.RequestWindow;

/**
 * Profiles the methods of beans that are annotated with {@link Profiled}: scheduled jobs,
 * listeners, services. Handlers of controllers are not among them: their requests are
 * profiled as a whole. It is the outermost advice.
 */
public final class ProfiledMethodAdvisor implements PointcutAdvisor, Ordered, SmartInitializingSingleton {

	private final ObjectProvider<ProfiledMethods> methods;

	private final ObjectProvider<CodeProfiler> profiler;

	private final Set<ProfiledMethod> found = ConcurrentHashMap.newKeySet();

	private final Pointcut pointcut = new ProfiledPointcut();

	private final MethodInterceptor advice = this::invoke;

	/**
	 * Create an advisor.
	 * @param methods where profiled methods are registered
	 * @param profiler profiles their calls
	 */
	public ProfiledMethodAdvisor(ObjectProvider<ProfiledMethods> methods, ObjectProvider<CodeProfiler> profiler) {
		this.methods = methods;
		this.profiler = profiler;
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return this.advice;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	/**
	 * Register what was found at start-up, so that it is listed before it is called.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		ProfiledMethods methods = this.methods.getObject();
		this.found.stream()
			.sorted((one, other) -> one.qualifiedName().compareTo(other.qualifiedName()))
			.forEach((method) -> methods.register(method, List.of()));
	}

	private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		CodeProfiler profiler = this.profiler.getObject();
		RequestWindow window = profiler.open(method(invocation));
		try {
			return invocation.proceed();
		}
		finally {
			profiler.close(window);
		}
	}

	private static ProfiledMethod method(MethodInvocation invocation) {
		Object target = invocation.getThis();
		Method method = invocation.getMethod();
		return method(method, (target != null) ? AopUtils.getTargetClass(target) : method.getDeclaringClass());
	}

	private static ProfiledMethod method(Method method, Class<?> targetClass) {
		Class<?> type = ClassUtils.getUserClass(targetClass);
		return new ProfiledMethod(type, AopUtils.getMostSpecificMethod(method, type));
	}

	/**
	 * The annotated methods of beans that are not controllers.
	 */
	private final class ProfiledPointcut extends StaticMethodMatcherPointcut {

		ProfiledPointcut() {
			setClassFilter(new Beans());
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			ProfiledMethod profiled = method(method, targetClass);
			if (profiled.method().getDeclaringClass() == Object.class || profiled.profileName() == null) {
				return false;
			}
			ProfiledMethodAdvisor.this.found.add(profiled);
			return true;
		}

	}

	private record Beans() implements ClassFilter {

		@Override
		public boolean matches(Class<?> type) {
			return AnnotationUtils.isCandidateClass(type, Profiled.class)
					&& !AnnotatedElementUtils.hasAnnotation(type, Controller.class);
		}

	}

}
