// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.FeatureInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.ApplicationInfoCompat;
import org.keepone.device.Because;
import org.keepone.device.JsonBytes;
import org.keepone.device.Withheld;

/**
 * Writes one package as a snapshot has it ({@code src/source/snapshot/package.rs}). A fact that the platform does not give
 * is left out; one that it withholds is listed besides.
 */
final class PackageFactsDocument {
    /** {@code PackageInfo.REQUESTED_PERMISSION_IMPLICIT}, Android 12: the platform added it, the manifest does not ask. */
    private static final int IMPLICIT = 0x00000004;

    private final Context context;
    private final Packages packages;
    private final PackageRows rows;
    private final ProbeAnswers answers;
    private final Map<String, String> libraries;

    PackageFactsDocument(@NonNull Context context, @NonNull Packages packages, @NonNull PackageRows rows,
            @NonNull ProbeAnswers answers, @NonNull Map<String, String> libraries) {
        this.context = context;
        this.packages = packages;
        this.rows = rows;
        this.answers = answers;
        this.libraries = libraries;
    }

    /** Writes {@code {"package": …, "not-read": […]}}. */
    void write(@NonNull JsonWriter json, @NonNull PackageInfo info, int user, @NonNull NotRead notRead)
            throws IOException {
        ApplicationInfo application = info.applicationInfo;
        if (application == null) {
            notRead.add("application", new Withheld(Because.FAILED, "the platform's answer has no application"));
        }
        Labels labels = Labels.of(context, application, notRead);
        json.beginObject();
        json.name("package").beginObject();
        json.name("name").value(info.packageName);
        place(json, info, user, notRead);
        declared(json, info, application);
        if (application != null) {
            json.name("application");
            application(json, info, application, labels, notRead);
        }
        new ComponentFacts(labels, notRead).write(json, info, answers);
        List<String> signers = PackageInfoCompat.signers(info);
        if (signers == null) {
            notRead.add("signers", new Withheld(Because.FAILED, "the platform gave no certificates"));
        } else {
            JsonBytes.texts(json, "signers", signers);
        }
        installer(json, info.packageName, user, notRead);
        new StateFacts(packages, rows, notRead).write(json, info);
        json.endObject();
        notRead.write(json);
        json.endObject();
    }

    /** Where it lies: for a system app that was updated, the place in the image, and the update besides. */
    private void place(@NonNull JsonWriter json, @NonNull PackageInfo info, int user, @NonNull NotRead notRead)
            throws IOException {
        ApplicationInfo application = info.applicationInfo;
        boolean updated = application != null && (application.flags & ApplicationInfo.FLAG_UPDATED_SYSTEM_APP) != 0;
        PackageInfo placed = info;
        if (updated) {
            try {
                PackageInfo factory = packages.info(info.packageName, user, Flags.FACTORY);
                placed = factory.applicationInfo == null ? info : factory;
            } catch (Withheld withheld) {
                notRead.add("factory copy", withheld);
            }
        }
        String path = placed.applicationInfo == null ? null : ApplicationInfoCompat.codePath(placed.applicationInfo);
        if (path == null) {
            notRead.add("path", new Withheld(Because.FAILED, "the platform gave no code path"));
        }
        json.name("path").value(path == null ? "" : path);
        String file = placed.applicationInfo == null ? null : placed.applicationInfo.sourceDir;
        json.name("file").value(file == null ? "" : file);
        splits(json, placed.applicationInfo);
        json.name("version-code").value(PackageInfoCompat.versionCode(placed));
        if (application != null) {
            json.name("system").value((application.flags & ApplicationInfo.FLAG_SYSTEM) != 0);
        }
        if (updated) {
            String code = ApplicationInfoCompat.codePath(application);
            json.name("update").beginObject();
            json.name("path").value(code == null ? "" : code);
            json.name("version-code").value(PackageInfoCompat.versionCode(info));
            json.endObject();
        }
    }

    private static void splits(@NonNull JsonWriter json, @Nullable ApplicationInfo application) throws IOException {
        if (application == null || application.splitNames == null || application.splitSourceDirs == null) {
            return;
        }
        json.name("splits").beginArray();
        for (int i = 0; i < Math.min(application.splitNames.length, application.splitSourceDirs.length); i++) {
            json.beginObject();
            json.name("name").value(application.splitNames[i]);
            json.name("file").value(application.splitSourceDirs[i]);
            json.endObject();
        }
        json.endArray();
    }

    private void declared(@NonNull JsonWriter json, @NonNull PackageInfo info, @Nullable ApplicationInfo application)
            throws IOException {
        if (PackageInfoCompat.isStub(info)) {
            json.name("stub").value(true);
        }
        JsonBytes.text(json, "version-name", info.versionName);
        if (application != null) {
            json.name("min-sdk").value(String.valueOf(application.minSdkVersion));
            json.name("target-sdk").value(String.valueOf(application.targetSdkVersion));
        }
        JsonBytes.text(json, "shared-user-id", info.sharedUserId);
        JsonBytes.flag(json, "core-app", PackageInfoCompat.coreApp(info));
        JsonBytes.text(json, "overlay-target", PackageInfoCompat.overlayTarget(info));
        LinkedHashSet<String> permissions = new LinkedHashSet<>();
        for (int i = 0; info.requestedPermissions != null && i < info.requestedPermissions.length; i++) {
            int[] flags = info.requestedPermissionsFlags;
            if (flags == null || i >= flags.length || (flags[i] & IMPLICIT) == 0) {
                permissions.add(info.requestedPermissions[i]);
            }
        }
        JsonBytes.texts(json, "permissions", permissions);
        LinkedHashSet<String> features = new LinkedHashSet<>();
        for (int i = 0; info.reqFeatures != null && i < info.reqFeatures.length; i++) {
            FeatureInfo feature = info.reqFeatures[i];
            // A feature without a name states the version of OpenGL ES.
            if (feature != null && feature.name != null) {
                features.add(feature.name);
            }
        }
        JsonBytes.texts(json, "features", features);
    }

    private void application(@NonNull JsonWriter json, @NonNull PackageInfo info, @NonNull ApplicationInfo application,
            @NonNull Labels labels, @NonNull NotRead notRead) throws IOException {
        json.beginObject();
        Integer setting = ApplicationInfoCompat.enabledSetting(application);
        if (setting != null && setting == PackageManager.COMPONENT_ENABLED_STATE_DEFAULT) {
            // Only where no setting overrides it is the answer the manifest's own.
            json.name("enabled").value(application.enabled);
        }
        labels.write(json, "the application", application.labelRes, application.nonLocalizedLabel);
        if (application.icon != 0) {
            json.name("icon").value(Labels.reference(application.icon));
        }
        JsonBytes.text(json, "permission", application.permission);
        if (application.category != ApplicationInfo.CATEGORY_UNDEFINED) {
            json.name("category").value(String.valueOf(application.category));
        }
        json.name("persistent").value((application.flags & ApplicationInfo.FLAG_PERSISTENT) != 0);
        json.name("has-code").value((application.flags & ApplicationInfo.FLAG_HAS_CODE) != 0);
        JsonBytes.flag(json, "required-for-all-users", PackageInfoCompat.requiredForAllUsers(info));
        JsonBytes.text(json, "library", libraries.get(info.packageName));
        MetaFacts.write(json, "the application", application.metaData, notRead);
        json.endObject();
    }

    private void installer(@NonNull JsonWriter json, @NonNull String name, int user, @NonNull NotRead notRead)
            throws IOException {
        try {
            JsonBytes.text(json, "installer", packages.installer(name, user));
        } catch (Withheld withheld) {
            notRead.add("installer", withheld);
        }
    }
}
