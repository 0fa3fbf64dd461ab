// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.os.Process;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.WorkerThread;

/**
 * How this program lives on a phone, told from facts: whose signature it carries, where it lies, which permissions it
 * holds. It decides nothing: a call is tried and the platform's own answer counts; this is what people are shown.
 */
public final class WayOfLife {
    /** The three ways, in the engine's words. */
    public enum Way {
        /** Signed with the platform's key: every control. On a system partition it also runs persistently. */
        PLATFORM_SIGNED("platform-signed", new TwoLanguages(
                "App with the platform's signature: every control can be set here.",
                "带平台签名的应用：所有控制项均可在此设置。")),
        /** A privileged system app with a signature of its own: what the allow-list names. */
        PRIVILEGED("privileged", new TwoLanguages(
                "Privileged system app without the platform's signature: controls whose permissions only the platform's "
                        + "signature gives open the system's own page instead.",
                "特权系统应用，但不带平台签名：只有平台签名才能取得权限的控制项，会改为打开系统自己的页面。")),
        /** Installed like any app: it judges; most controls open the system's own page. */
        ORDINARY("ordinary", new TwoLanguages(
                "Ordinary installed app: it can judge the phone; a control it may not set opens the system's own page.",
                "普通安装的应用：可以检查手机；无权设置的控制项会打开系统自己的页面。"));

        private final String word;
        private final TwoLanguages description;

        Way(@NonNull String word, @NonNull TwoLanguages description) {
            this.word = word;
            this.description = description;
        }

        /** Returns the engine's word. */
        @NonNull
        public String word() {
            return word;
        }

        /** Returns what it means for the user. */
        @NonNull
        public TwoLanguages description() {
            return description;
        }
    }

    private final Way way;
    private final boolean platformSignature;
    private final boolean system;
    private final boolean privileged;
    private final List<String> held;
    private final List<String> missing;

    private WayOfLife(boolean platformSignature, boolean system, boolean privileged, @NonNull List<String> held,
            @NonNull List<String> missing) {
        this.platformSignature = platformSignature;
        this.system = system;
        this.privileged = privileged;
        this.held = Collections.unmodifiableList(held);
        this.missing = Collections.unmodifiableList(missing);
        if (platformSignature) {
            way = Way.PLATFORM_SIGNED;
        } else {
            way = system && privileged ? Way.PRIVILEGED : Way.ORDINARY;
        }
    }

    /**
     * Tells how this program lives here.
     *
     * @param context any context of the app
     * @return the way, and the facts it was told from
     */
    @WorkerThread
    @NonNull
    public static WayOfLife of(@NonNull Context context) {
        PackageManager packages = context.getPackageManager();
        String own = context.getPackageName();
        // The package "android" carries the platform's certificate on every build.
        boolean signature = Process.myUid() == Process.SYSTEM_UID
                || packages.checkSignatures("android", own) == PackageManager.SIGNATURE_MATCH;
        ApplicationInfo application = context.getApplicationInfo();
        boolean system = (application.flags & ApplicationInfo.FLAG_SYSTEM) != 0;
        List<String> held = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String permission : asked(packages, own)) {
            boolean granted = context.checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED;
            (granted ? held : missing).add(permission);
        }
        return new WayOfLife(signature, system, ApplicationInfoCompat.isPrivileged(application), held, missing);
    }

    @NonNull
    private static String[] asked(@NonNull PackageManager packages, @NonNull String own) {
        try {
            PackageInfo info = packages.getPackageInfo(own, PackageManager.GET_PERMISSIONS);
            return info.requestedPermissions == null ? new String[0] : info.requestedPermissions;
        } catch (PackageManager.NameNotFoundException gone) {
            // The own package is always there; while it is being replaced, nothing is held.
            return new String[0];
        }
    }

    /** Returns the way. */
    @NonNull
    public Way way() {
        return way;
    }

    /** Whether this program carries the platform's signature. */
    public boolean hasPlatformSignature() {
        return platformSignature;
    }

    /** Whether it lies on a system partition. */
    public boolean isSystem() {
        return system;
    }

    /** Whether it lies in a privileged folder. */
    public boolean isPrivileged() {
        return privileged;
    }

    /** Returns the permissions of the manifest that are held. */
    @NonNull
    public List<String> held() {
        return held;
    }

    /** Returns the permissions of the manifest that are not held. */
    @NonNull
    public List<String> missing() {
        return missing;
    }

    /**
     * Whether a permission is held.
     *
     * @param permission its name
     * @return whether it is
     */
    public boolean holds(@NonNull String permission) {
        return held.contains(permission);
    }
}
