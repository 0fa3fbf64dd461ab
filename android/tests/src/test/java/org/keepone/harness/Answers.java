// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.content.Context;
import android.os.Build;
import android.os.IInterface;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.ClassName;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadow.api.Shadow;

/** Says what answers a call on the platform at hand: the framework's own code, or what stands in for it. */
enum Answers {
    /** The framework's own code alone. */
    REAL("real"),

    /** The framework's own code, down to a service of the system; Robolectric or the test answers for that one. */
    REAL_TO_STAND_IN("real to a stand-in"),

    /** A service of the system is called as it is; Robolectric or the test answers for it. */
    STAND_IN("stand-in"),

    /** A shadow of Robolectric. */
    SHADOW("shadow"),

    /** A shadow of these tests. */
    HARNESS("shadow of ours"),

    /** Nothing: native code without a shadow, or a class of which Robolectric runs nothing. */
    NOTHING("nothing"),

    /** This platform has no such method. */
    ABSENT("-");

    /** The classes behind the ones that the app names. */
    private static final Map<String, String> MADE_OF = Map.of(
            "android.content.Context", "android.app.ContextImpl",
            "android.content.pm.PackageManager", "android.app.ApplicationPackageManager",
            "android.app.job.JobScheduler", "android.app.JobSchedulerImpl");

    private final String word;

    Answers(String word) {
        this.word = word;
    }

    /** As a table has it. */
    String word() {
        return word;
    }

    /** Looks at the classes of this platform and their shadows. */
    static Answers to(FrameworkCalls.Call call, Context context) {
        Class<?> owner = find(MADE_OF.getOrDefault(call.owner(), call.owner()), context);
        Method method = owner == null ? null : method(owner, call);
        if (method == null) {
            return ABSENT;
        }
        if (owner.isInterface()) {
            return STAND_IN;
        }
        Object shadow = Shadow.extract(Shadow.newInstanceOf(owner));
        for (Class<?> type = shadow.getClass(); type != Object.class; type = type.getSuperclass()) {
            Implements of = type.getAnnotation(Implements.class);
            if (of == null || !isOf(of, method.getDeclaringClass())) {
                continue;
            }
            for (Method own : type.getDeclaredMethods()) {
                if (isFor(own, method)) {
                    return type.getName().startsWith("org.keepone.") ? HARNESS : SHADOW;
                }
            }
            if (!of.callThroughByDefault()) {
                return NOTHING;
            }
        }
        if (Modifier.isNative(method.getModifiers())) {
            return NOTHING;
        }
        return asksService(owner, method) ? REAL_TO_STAND_IN : REAL;
    }

    /** A class of the platform; behind it, on the tests' class path, lies the newer one that the app is compiled against. */
    private static Class<?> find(String name, Context context) {
        try (JarFile platform = new JarFile(RuntimeEnvironment.getAndroidFrameworkJarPath().toFile())) {
            boolean isThere = platform.getEntry(name.replace('.', '/') + ".class") != null;
            return isThere ? Class.forName(name, false, context.getClassLoader()) : null;
        } catch (ClassNotFoundException | IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The method where it is declared with a body, in the class or above it. */
    private static Method method(Class<?> owner, FrameworkCalls.Call call) {
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                boolean hasBody = owner.isInterface() || !Modifier.isAbstract(method.getModifiers());
                if (hasBody && method.getName().equals(call.name()) && parameters(method).equals(call.parameters())) {
                    return method;
                }
            }
        }
        return null;
    }

    private static String parameters(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(type -> type.getTypeName().replaceAll("^.*[.$]", ""))
                .collect(Collectors.joining(","));
    }

    private static boolean isOf(Implements shadow, Class<?> type) {
        return shadow.value() == type || shadow.className().equals(type.getName());
    }

    /** Whether a method of a shadow stands in for one of the framework on this platform. */
    private static boolean isFor(Method own, Method method) {
        Implementation says = own.getAnnotation(Implementation.class);
        if (says == null || own.getParameterCount() != method.getParameterCount()) {
            return false;
        }
        String name = says.methodName().isEmpty() ? own.getName() : says.methodName();
        int sdk = Build.VERSION.SDK_INT;
        if (!name.equals(method.getName()) || sdk < says.minSdk() || says.maxSdk() > 0 && sdk > says.maxSdk()) {
            return false;
        }
        Parameter[] parameters = own.getParameters();
        for (int at = 0; at < parameters.length; at++) {
            Class<?> wanted = method.getParameterTypes()[at];
            ClassName named = parameters[at].getAnnotation(ClassName.class);
            boolean isSame = named == null ? parameters[at].getType() == wanted || parameters[at].getType() == Object.class
                    : named.value().equals(wanted.getName());
            if (!isSame) {
                return false;
            }
        }
        return true;
    }

    /** Whether a method gives a service of the system out, or belongs to an object that holds one or can get it. */
    private static boolean asksService(Class<?> owner, Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            return IInterface.class.isAssignableFrom(method.getReturnType());
        }
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            Stream<Class<?>> held = Stream.of(type.getDeclaredFields()).map(Field::getType);
            Stream<Class<?>> given = Stream.of(type.getDeclaredMethods()).map(Method::getReturnType);
            if (Stream.concat(held, given).anyMatch(IInterface.class::isAssignableFrom)) {
                return true;
            }
        }
        return false;
    }
}
