// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import android.content.pm.ActivityInfo;
import android.content.pm.ComponentInfo;
import android.content.pm.PackageInfo;
import android.content.pm.ProviderInfo;
import android.content.pm.ServiceInfo;
import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Because;
import org.keepone.device.JsonBytes;
import org.keepone.device.Withheld;

/** Writes the components of a package: what the manifest says with overlays applied, and the filters that answered. */
final class ComponentFacts {
    private final Labels labels;
    private final NotRead notRead;

    ComponentFacts(@NonNull Labels labels, @NonNull NotRead notRead) {
        this.labels = labels;
        this.notRead = notRead;
    }

    /** Writes the lists of activities, receivers, services and providers. */
    void write(@NonNull JsonWriter json, @NonNull PackageInfo info, @NonNull ProbeAnswers answers) throws IOException {
        for (ComponentKind kind : ComponentKind.values()) {
            list(json, kind, kind.of(info), answers.of(info.packageName, kind));
        }
        if (info.providers != null && info.providers.length > 0) {
            json.name("providers").beginArray();
            for (ProviderInfo provider : info.providers) {
                provider(json, provider);
            }
            json.endArray();
        }
    }

    private void list(@NonNull JsonWriter json, @NonNull ComponentKind kind, @Nullable ComponentInfo[] listed,
            @NonNull Map<String, ProbeAnswers.Answering> answering) throws IOException {
        Map<String, ComponentInfo> components = new LinkedHashMap<>();
        if (listed != null) {
            for (ComponentInfo component : listed) {
                if (component != null && component.name != null) {
                    components.put(component.name, component);
                }
            }
        }
        for (ProbeAnswers.Answering answer : answering.values()) {
            // A component that answers intents and is not listed: the list was cut.
            if (components.putIfAbsent(answer.component().name, answer.component()) == null) {
                notRead.add(kind.list(), new Withheld(Because.FAILED,
                        "answers intents and is not listed: " + answer.component().name));
            }
        }
        if (components.isEmpty()) {
            return;
        }
        json.name(kind.list()).beginArray();
        for (ComponentInfo component : components.values()) {
            ProbeAnswers.Answering answer = answering.get(component.name);
            component(json, component, answer == null ? Collections.emptySet() : answer.filters());
        }
        json.endArray();
    }

    private void component(@NonNull JsonWriter json, @NonNull ComponentInfo component,
            @NonNull Set<FilterFacts> filters) throws IOException {
        json.beginObject();
        json.name("name").value(component.name);
        json.name("enabled").value(component.enabled);
        json.name("exported").value(component.exported);
        if (component instanceof ActivityInfo) {
            ActivityInfo activity = (ActivityInfo) component;
            JsonBytes.text(json, "alias-of", activity.targetActivity);
            JsonBytes.text(json, "permission", activity.permission);
        } else if (component instanceof ServiceInfo) {
            JsonBytes.text(json, "permission", ((ServiceInfo) component).permission);
        }
        labels.write(json, component.name, component.labelRes, component.nonLocalizedLabel);
        if (!filters.isEmpty()) {
            json.name("filters").beginArray();
            for (FilterFacts filter : filters) {
                filter.write(json);
            }
            json.endArray();
        }
        MetaFacts.write(json, component.name, component.metaData, notRead);
        json.endObject();
    }

    private static void provider(@NonNull JsonWriter json, @NonNull ProviderInfo provider) throws IOException {
        if (provider.name == null) {
            return;
        }
        json.beginObject();
        json.name("name").value(provider.name);
        if (provider.authority != null) {
            json.name("authorities").beginArray();
            for (String authority : provider.authority.split(";")) {
                json.value(authority);
            }
            json.endArray();
        }
        json.name("enabled").value(provider.enabled);
        json.name("exported").value(provider.exported);
        // A provider's android:permission guards reading and writing unless either is guarded on its own.
        JsonBytes.text(json, "permission",
                provider.readPermission != null ? provider.readPermission : provider.writePermission);
        json.endObject();
    }
}
