// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import android.content.IntentFilter;
import android.os.PatternMatcher;
import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.device.JsonBytes;

/** What an intent filter says, in a snapshot's words. Two filters that say the same are equal. */
final class FilterFacts {
    private final List<String> actions = new ArrayList<>();
    private final List<String> categories = new ArrayList<>();
    private final List<String> schemes = new ArrayList<>();
    private final List<String> hosts = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    /** What must follow the scheme, each as its kind and its text. */
    private final List<List<String>> parts = new ArrayList<>();
    /** Each condition as its kind and its text. */
    private final List<List<String>> paths = new ArrayList<>();
    private final List<List<String>> schemeSpecificParts = new ArrayList<>();
    private final int priority;

    FilterFacts(@NonNull IntentFilter filter) {
        for (int i = 0; i < filter.countActions(); i++) {
            actions.add(filter.getAction(i));
        }
        for (int i = 0; i < filter.countCategories(); i++) {
            categories.add(filter.getCategory(i));
        }
        for (int i = 0; i < filter.countDataSchemes(); i++) {
            schemes.add(filter.getDataScheme(i));
        }
        for (int i = 0; i < filter.countDataAuthorities(); i++) {
            IntentFilter.AuthorityEntry authority = filter.getDataAuthority(i);
            hosts.add(authority.getPort() < 0 ? authority.getHost() : authority.getHost() + ":" + authority.getPort());
        }
        for (int i = 0; i < filter.countDataTypes(); i++) {
            // The platform keeps "image/*" as "image" (IntentFilter.addDataTypeInternal).
            String type = filter.getDataType(i);
            types.add(type.indexOf('/') < 0 ? type + "/*" : type);
        }
        for (int i = 0; i < filter.countDataSchemeSpecificParts(); i++) {
            PatternMatcher part = filter.getDataSchemeSpecificPart(i);
            parts.add(Arrays.asList(kind(part.getType()), part.getPath()));
        }
        for (int i = 0; i < filter.countDataPaths(); i++) {
            paths.add(match(filter.getDataPath(i)));
        }
        for (int i = 0; i < filter.countDataSchemeSpecificParts(); i++) {
            schemeSpecificParts.add(match(filter.getDataSchemeSpecificPart(i)));
        }
        priority = filter.getPriority();
    }

    @NonNull
    private static List<String> match(@NonNull PatternMatcher pattern) {
        return Arrays.asList(kind(pattern.getType()), pattern.getPath());
    }

    @NonNull
    private static String kind(int type) {
        switch (type) {
            case PatternMatcher.PATTERN_LITERAL:
                return "literal";
            case PatternMatcher.PATTERN_PREFIX:
                return "prefix";
            case PatternMatcher.PATTERN_SIMPLE_GLOB:
                return "pattern";
            case PatternMatcher.PATTERN_SUFFIX:
                return "suffix";
            default:
                return "advanced-pattern";
        }
    }

    void write(@NonNull JsonWriter json) throws IOException {
        json.beginObject();
        JsonBytes.texts(json, "actions", actions);
        JsonBytes.texts(json, "categories", categories);
        JsonBytes.texts(json, "schemes", schemes);
        JsonBytes.texts(json, "hosts", hosts);
        patterns(json, "scheme-specific-parts", parts);
        patterns(json, "paths", paths);
        JsonBytes.texts(json, "types", types);
        if (priority != 0) {
            json.name("priority").value(priority);
        }
        json.endObject();
    }

    private static void patterns(@NonNull JsonWriter json, @NonNull String name, @NonNull List<List<String>> patterns)
            throws IOException {
        if (patterns.isEmpty()) {
            return;
        }
        json.name(name).beginArray();
        for (List<String> pattern : patterns) {
            json.beginObject().name(pattern.get(0)).value(pattern.get(1)).endObject();
        }
        json.endArray();
    }

    @NonNull
    private List<Object> said() {
        return Arrays.asList(actions, categories, schemes, parts, hosts, types, paths, priority);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilterFacts && said().equals(((FilterFacts) other).said());
    }

    @Override
    public int hashCode() {
        return said().hashCode();
    }
}
