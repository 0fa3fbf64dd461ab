// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import android.content.pm.ComponentInfo;
import android.content.pm.ResolveInfo;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.PhoneUser;
import org.keepone.device.Withheld;

/**
 * The platform's answers to the engine's questions, asked once for each user of the phone and spread over packages. The
 * platform gives no list of an app's filters; the filter that matched comes with each answer.
 */
final class ProbeAnswers {
    /** A component that answered, with the filters by which it did. */
    static final class Answering {
        private final ComponentInfo component;
        private final Set<FilterFacts> filters = new LinkedHashSet<>();

        Answering(@NonNull ComponentInfo component) {
            this.component = component;
        }

        @NonNull
        ComponentInfo component() {
            return component;
        }

        @NonNull
        Set<FilterFacts> filters() {
            return filters;
        }
    }

    private final Map<String, Map<ComponentKind, Map<String, Answering>>> answers = new HashMap<>();

    /** Asks every question for every user and notes which were not answered. */
    ProbeAnswers(@NonNull Packages packages, @NonNull List<Probe> probes, @NonNull Collection<PhoneUser> users,
            @NonNull NotRead notRead) {
        for (PhoneUser user : users) {
            int failed = 0;
            Withheld first = null;
            for (Probe probe : probes) {
                try {
                    take(probe.kind(), packages.answers(probe.kind(), probe.intent(), user.id(), Flags.PROBE));
                } catch (Withheld withheld) {
                    failed++;
                    first = first != null ? first
                            : new Withheld(withheld.because(), probe.name() + ": " + withheld.detail());
                    if (withheld.because() == Because.HIDDEN_USER || withheld.because() == Because.TIMED_OUT) {
                        // Every further question would end, or hang, the same way.
                        break;
                    }
                }
            }
            if (first != null) {
                // The engine's word for it: no list of filters is whole then.
                notRead.add("probes", new Withheld(first.because(), "user " + user.id() + ", " + failed + " of "
                        + probes.size() + " failed, first " + first.detail()));
            }
        }
    }

    private void take(@NonNull ComponentKind kind, @NonNull List<ResolveInfo> given) {
        for (ResolveInfo answer : given) {
            ComponentInfo component = kind.in(answer);
            if (component == null || component.packageName == null || component.name == null) {
                continue;
            }
            Answering answering = answers
                    .computeIfAbsent(component.packageName, name -> new HashMap<>())
                    .computeIfAbsent(kind, each -> new LinkedHashMap<>())
                    .computeIfAbsent(component.name, name -> new Answering(component));
            if (answer.filter != null) {
                answering.filters.add(new FilterFacts(answer.filter));
            }
        }
    }

    /** Returns the components of a package that answered, by class name. */
    @NonNull
    Map<String, Answering> of(@NonNull String packageName, @NonNull ComponentKind kind) {
        return answers.getOrDefault(packageName, Collections.emptyMap()).getOrDefault(kind, Collections.emptyMap());
    }
}
