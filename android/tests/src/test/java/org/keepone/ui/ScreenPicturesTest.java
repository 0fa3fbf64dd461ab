package org.keepone.ui;

import static org.junit.Assert.assertEquals;

import android.app.Activity;
import android.content.Context;
import android.content.Intent;
import android.view.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/**
 * Every screen is drawn in Chinese and English, light and dark, and in letters of twice their size; the pictures are kept in
 * {@code target/screens} for people. On every one nothing is cut off, every text stands out from its ground, and what can be
 * touched says what it is and is large enough; on the Chinese ones no English is left but names.
 */
@RunWith(PhoneRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
// The oldest and the newest platform: those between draw with the widgets of one or the other.
@Config(application = ScreenApplication.class, sdk = {26, 35})
public final class ScreenPicturesTest {
    private ScreenApplication app;

    @Before
    public void phone() throws Exception {
        app = (ScreenApplication) RuntimeEnvironment.getApplication();
        ScreenApplication.use(Prepared.phone(app, "zte-u930hd"));
    }

    @Test
    @Config(qualifiers = "zh-rCN-w411dp-h1400dp-xhdpi")
    public void chinese() throws Exception {
        all("zh");
    }

    @Test
    @Config(qualifiers = "en-rUS-w411dp-h1400dp-xhdpi")
    public void english() throws Exception {
        all("en");
    }

    @Test
    @Config(qualifiers = "zh-rCN-w411dp-h1400dp-night-xhdpi")
    public void chineseInTheDark() throws Exception {
        all("zh.dark");
    }

    @Test
    @Config(qualifiers = "en-rUS-w411dp-h1400dp-night-xhdpi")
    public void englishInTheDark() throws Exception {
        all("en.dark");
    }

    @Test
    @Config(qualifiers = "zh-rCN-w360dp-h1600dp-xhdpi", fontScale = 2)
    public void chineseInLargeLetters() throws Exception {
        all("zh.large");
    }

    @Test
    @Config(qualifiers = "en-rUS-w360dp-h1600dp-xhdpi", fontScale = 2)
    public void englishInLargeLetters() throws Exception {
        all("en.large");
    }

    /** Returns the intent of every screen, by the name of its picture. */
    static Map<String, Intent> screens(Context from) {
        Map<String, Intent> screens = new LinkedHashMap<>();
        screens.put("overview", new Intent(from, OverviewActivity.class));
        screens.put("app", AppActivity.of(from, Prepared.BROWSER));
        screens.put("app-kept", AppActivity.of(from, Prepared.STORE));
        screens.put("apps", AppsActivity.of(from, AppsActivity.FAILING));
        screens.put("group", GroupActivity.of(from, "app-download"));
        screens.put("auto-start", AreaActivity.of(from, "auto-start"));
        screens.put("personal", AreaActivity.of(from, "personal-information"));
        screens.put("personal-location", AreaActivity.of(from, "personal-information", "location"));
        screens.put("permissions", AreaActivity.of(from, "sensitive-permissions"));
        screens.put("identifiers", AreaActivity.of(from, "device-identifiers"));
        screens.put("storage", AreaActivity.of(from, "storage"));
        screens.put("record", RecordActivity.of(from, null));
        screens.put("changes", ChangesActivity.of(from));
        screens.put("not-read", NotReadActivity.of(from));
        Consent remove = new Consent(
                from.getString(org.keepone.R.string.remove_ask, "UC"),
                from.getString(org.keepone.R.string.remove_about),
                from.getString(org.keepone.R.string.remove_loses),
                from.getString(org.keepone.R.string.remove_inverse),
                from.getString(org.keepone.R.string.remove));
        Deed deed = Deed.of(Deed.Kind.REMOVE, Prepared.BROWSER, 0);
        screens.put("consent", ConsentActivity.asking(from, remove, deed));
        return screens;
    }

    private void all(String variant) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, Intent> one : screens(app).entrySet()) {
            Activity screen = open(one.getValue());
            Look look = Look.at(screen);
            look.save(one.getKey() + "." + variant + "." + android.os.Build.VERSION.SDK_INT);
            View whole = screen.getWindow().getDecorView();
            List<String> here = new ArrayList<>();
            here.addAll(Readable.clipped(whole));
            here.addAll(Readable.pale(look));
            here.addAll(Readable.untouchable(whole));
            if (variant.startsWith("zh")) {
                here.addAll(Readable.english(whole));
            }
            if (screen instanceof ScreenActivity) {
                for (View row : Look.rows(screen)) {
                    if (variant.startsWith("zh")) {
                        here.addAll(Readable.english(row));
                    }
                    here.addAll(Readable.clipped(row));
                    here.addAll(Readable.untouchable(row));
                }
            }
            here.forEach(line -> wrong.add(one.getKey() + ": " + line));
            screen.finish();
        }
        assertEquals("", String.join("\n", wrong));
    }

    private Activity open(Intent intent) throws Exception {
        String name = intent.getComponent().getClassName();
        Class<? extends Activity> screen = Class.forName(name).asSubclass(Activity.class);
        Activity opened = Robolectric.buildActivity(screen, intent).setup().get();
        app.settle();
        return opened;
    }
}
