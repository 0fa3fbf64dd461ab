// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;

/**
 * What people call the facts that were not read. The collector and the core name them by words of their own, such as
 * "users" or "state for user 10": those are put into the language of the screen, everything else stays as it is.
 */
final class FactNames {
    private static final String[] WORDS = {
        "manifest", "packages", "count", "device", "users", "activities", "receivers", "services", "providers",
        "permissions", "application", "installer", "labels", "path", "probes", "properties", "signers", "factory copy",
        "state", "block-uninstall", "components in force", "user", "holders", "label", "meta-data",
    };

    private static final int[] NAMES = {
        R.string.fact_manifest, R.string.fact_packages, R.string.fact_count, R.string.fact_device,
        R.string.fact_users, R.string.fact_activities, R.string.fact_receivers, R.string.fact_services,
        R.string.fact_providers, R.string.fact_permissions, R.string.fact_application, R.string.fact_installer,
        R.string.fact_labels, R.string.fact_path, R.string.fact_probes, R.string.fact_properties,
        R.string.fact_signers, R.string.fact_factory, R.string.fact_state, R.string.fact_block,
        R.string.fact_components, R.string.app_user, R.string.fact_holders, R.string.fact_labels, R.string.fact_meta,
    };

    private FactNames() {
    }

    @NonNull
    static String of(@NonNull Say say, @NonNull String fact) {
        for (int at = 0; at < WORDS.length; at++) {
            String word = WORDS[at];
            if (fact.equals(word)) {
                return say.text(NAMES[at]);
            }
            for (String link : new String[] {" for user ", " of ", " "}) {
                if (fact.startsWith(word + link)) {
                    String rest = Clean.fact(fact.substring(word.length() + link.length()));
                    return link.equals(" for user ")
                            ? say.text(R.string.fact_of_user, say.text(NAMES[at]), rest)
                            : say.text(R.string.set_to, say.text(NAMES[at]), rest);
                }
            }
        }
        return Clean.fact(fact);
    }
}
