// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Which calls of the app leave it for a service of the system: found in its compiled classes, so that none is forgotten. */
final class FrameworkCalls {
    /** Classes of the framework behind which a service of the system stands. */
    private static final Set<String> DOORS = Set.of(
            "android.app.ActivityManager", "android.app.AppGlobals", "android.app.AppOpsManager",
            "android.app.NotificationManager", "android.app.admin.DevicePolicyManager", "android.app.job.JobScheduler",
            "android.app.role.RoleManager", "android.app.usage.StorageStatsManager",
            "android.app.usage.UsageStatsManager", "android.content.pm.IPackageManager",
            "android.content.pm.PackageInstaller", "android.content.pm.PackageManager",
            "android.os.IDeviceIdleController", "android.os.PowerManager", "android.os.ServiceManager",
            "android.os.SystemConfigManager", "android.os.UserManager", "android.provider.Settings$Secure",
            "android.telecom.TelecomManager", "com.android.internal.app.procstats.IProcessStats",
            "com.android.internal.telephony.SmsApplication");

    /** What of a context asks the system for more than the app's own. */
    private static final List<String> OF_CONTEXTS =
            List.of("bindService", "check", "create", "registerReceiver", "sendBroadcast");

    /** Not of the app: what its reading of APKs and filters is compared with. */
    private static final List<Call> COMPARED_WITH = List.of(
            new Call("android.content.IntentFilter", "match", "String,String,String,Uri,Set,String"),
            new Call("android.content.pm.PackageParser", "parsePackage", "File,int"),
            new Call("android.os.PatternMatcher", "match", "String"),
            new Call("com.android.internal.telephony.SmsApplication", "getApplicationCollection", "Context"));

    private FrameworkCalls() {}

    /** A method of the framework by its class, its name and the simple names of its parameters' types. */
    record Call(String owner, String name, String parameters) implements Comparable<Call> {
        @Override
        public int compareTo(Call other) {
            return toString().compareTo(other.toString());
        }

        /** As a table has it. */
        @Override
        public String toString() {
            return owner.substring(owner.lastIndexOf('.') + 1).replace('$', '.') + "." + name + "(" + parameters + ")";
        }
    }

    /** Finds the calls in a folder of compiled classes. */
    static Set<Call> in(Path classes) {
        Set<Call> calls = new TreeSet<>(COMPARED_WITH);
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).collect(Collectors.toList())) {
                new ClassReader(Files.readAllBytes(file)).accept(finder(calls), ClassReader.SKIP_DEBUG);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return calls;
    }

    private static ClassVisitor finder(Set<Call> calls) {
        return new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String form, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitMethodInsn(int opcode, String owner, String called, String with, boolean isOwn) {
                        take(calls, owner.replace('/', '.'), called, with);
                    }

                    @Override
                    public void visitInvokeDynamicInsn(String made, String with, Handle by, Object... arguments) {
                        for (Object each : arguments) {
                            if (each instanceof Handle) {
                                Handle to = (Handle) each;
                                take(calls, to.getOwner().replace('/', '.'), to.getName(), to.getDesc());
                            }
                        }
                    }
                };
            }
        };
    }

    private static void take(Set<Call> calls, String owner, String name, String form) {
        boolean isOfContext = owner.equals("android.content.Context") && OF_CONTEXTS.stream().anyMatch(name::startsWith);
        if (!name.equals("<init>") && (DOORS.contains(owner) || isOfContext)) {
            String parameters = Stream.of(Type.getArgumentTypes(form))
                    .map(type -> type.getClassName().replaceAll("^.*[.$]", ""))
                    .collect(Collectors.joining(","));
            calls.add(new Call(owner, name, parameters));
        }
    }
}
