// SPDX-License-Identifier: Apache-2.0
package org.keepone.oracle;

import android.content.IntentFilter;
import android.content.pm.ApplicationInfo;
import android.content.pm.ComponentInfo;
import android.content.pm.PackageParser;
import android.os.Build;
import android.os.PatternMatcher;
import android.util.JsonWriter;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** Writes what the framework read, in the shape of the corpus's {@code framework-facts.jsonl.gz}. */
@SuppressWarnings("deprecation")
final class Facts {
    private final JsonWriter json;

    Facts(JsonWriter json) {
        this.json = json;
    }

    /** Writes the facts of a package as fields of the object at hand. */
    void write(PackageParser.Package read) throws IOException {
        ApplicationInfo app = read.applicationInfo;
        json.name("package").value(read.packageName);
        json.name("version-code").value(versionCode(read));
        json.name("shared-user-id").value(read.mSharedUserId);
        json.name("min-sdk").value(app.minSdkVersion);
        json.name("target-sdk").value(app.targetSdkVersion);
        json.name("core-app").value(read.coreApp);
        json.name("enabled").value(app.enabled);
        texts("requested-permissions", read.requestedPermissions.iterator());
        json.name("activities").beginArray();
        for (PackageParser.Activity activity : read.activities) {
            component(activity.info, activity.info.permission, activity.info.targetActivity, activity.intents);
        }
        json.endArray().name("receivers").beginArray();
        for (PackageParser.Activity receiver : read.receivers) {
            component(receiver.info, receiver.info.permission, null, receiver.intents);
        }
        json.endArray().name("services").beginArray();
        for (PackageParser.Service service : read.services) {
            component(service.info, service.info.permission, null, service.intents);
        }
        json.endArray().name("providers").beginArray();
        for (PackageParser.Provider provider : read.providers) {
            json.value(provider.info.name);
        }
        json.endArray();
    }

    private static long versionCode(PackageParser.Package read) {
        return Build.VERSION.SDK_INT >= 28 ? read.getLongVersionCode() : read.mVersionCode;
    }

    private void component(ComponentInfo info, String permission, String target, List<? extends IntentFilter> filters)
            throws IOException {
        json.beginObject();
        json.name("name").value(info.name);
        json.name("enabled").value(info.enabled);
        json.name("exported").value(info.exported);
        json.name("permission").value(permission);
        json.name("alias-of").value(target);
        json.name("filters").beginArray();
        for (IntentFilter filter : filters) {
            filter(filter);
        }
        json.endArray().endObject();
    }

    private void filter(IntentFilter filter) throws IOException {
        json.beginObject();
        texts("actions", filter.actionsIterator());
        texts("categories", filter.categoriesIterator());
        texts("schemes", filter.schemesIterator());
        texts("types", filter.typesIterator());
        json.name("hosts").beginArray();
        for (int at = 0; at < filter.countDataAuthorities(); at++) {
            IntentFilter.AuthorityEntry host = filter.getDataAuthority(at);
            json.value(host.getPort() < 0 ? host.getHost() : host.getHost() + ":" + host.getPort());
        }
        json.endArray().name("paths").beginArray();
        for (int at = 0; at < filter.countDataPaths(); at++) {
            PatternMatcher path = filter.getDataPath(at);
            json.value(path.getType() + ":" + path.getPath());
        }
        json.endArray();
        json.name("priority").value(filter.getPriority());
        json.endObject();
    }

    private void texts(String name, Iterator<String> texts) throws IOException {
        json.name(name).beginArray();
        while (texts != null && texts.hasNext()) {
            json.value(texts.next());
        }
        json.endArray();
    }
}
