// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.os.Build;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RuntimeEnvironment;

/** Which calls of the app reach the framework's own code in these tests, and which a shadow: written down for each platform. */
@RunWith(PhoneRunner.class)
public final class CallsTest {
    private static final String BEGINS = "| call | 26 |";

    private final Map<String, String> answers = new TreeMap<>();

    private void ask() {
        for (FrameworkCalls.Call call : FrameworkCalls.in(Path.of("target", "classes"))) {
            answers.put(call.toString(), Answers.to(call, RuntimeEnvironment.getApplication()).word());
        }
    }

    @Test
    public void whatAnswersEachCallIsWrittenDownAndAsTheReadmeSays() throws Exception {
        ask();
        List<String> lines = new ArrayList<>();
        answers.forEach((call, answer) -> lines.add(call + "\t" + answer));
        Files.write(Path.of("target", "calls-" + Build.VERSION.SDK_INT + ".tsv"), lines);
        assertEquals(String.join("\n", told()), String.join("\n", lines));
    }

    /** The column of this platform in the README's table. */
    private static List<String> told() throws Exception {
        List<String> told = new ArrayList<>();
        int column = -1;
        String readme = new String(Files.readAllBytes(Path.of("README.md")), StandardCharsets.UTF_8);
        for (String line : readme.split("\n", -1)) {
            List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::trim).collect(Collectors.toList());
            if (line.startsWith(BEGINS)) {
                column = cells.indexOf(String.valueOf(Build.VERSION.SDK_INT));
                assertTrue("the README has this platform: " + line, column > 0);
            } else if (column > 0 && !line.startsWith("|")) {
                break;
            } else if (column > 0 && !line.startsWith("|---")) {
                told.add(cells.get(1).replace("`", "") + "\t" + cells.get(column));
            }
        }
        return told;
    }

    /** The table would say nothing if the program that makes it could not tell one from the other. */
    @Test
    public void realCodeAndShadowsAreToldApart() {
        ask();
        assertEquals("real", answers.get("IntentFilter.match(String,String,String,Uri,Set,String)"));
        assertEquals("shadow", answers.get("PackageManager.getPackagesForUid(int)"));
        assertEquals("shadow of ours", answers.get("StorageStatsManager.queryStatsForPackage(UUID,String,UserHandle)"));
        assertEquals("stand-in", answers.get("IPackageManager.setBlockUninstallForUser(String,boolean,int)"));
        assertEquals(Build.VERSION.SDK_INT >= 30 ? "real to a stand-in" : "-",
                answers.get("AppOpsManager.startWatchingActive(String[],Executor,OnOpActiveChangedListener)"));
    }
}
