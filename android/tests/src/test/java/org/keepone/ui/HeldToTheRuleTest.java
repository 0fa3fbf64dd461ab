package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;
import org.keepone.ui.model.Change;
import org.keepone.ui.model.Done;
import org.keepone.ui.model.Foresight;
import org.keepone.ui.model.Judgement;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowLog;

/** From the verdict of a real phone through the core to a hand: what is held, foreseen, removed and brought back. */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class HeldToTheRuleTest {
    private static final String NAME = Prepared.BROWSER;
    private static final String UNASKED = "MANAGE_PROFILE_AND_DEVICE_OWNERS";

    @Rule public final TemporaryFolder root = new TemporaryFolder();

    private ScreenApplication app;
    private KeptPhone kept;
    private MemoryHand hand;
    private EnginePhone phone;

    @Before
    public void phone() throws Exception {
        app = (ScreenApplication) RuntimeEnvironment.getApplication();
        kept = new KeptPhone("zte-u930hd");
        hand = new MemoryHand(List.of("DELETE_PACKAGES", "INSTALL_PACKAGES", "INTERACT_ACROSS_USERS_FULL", UNASKED));
        phone = Prepared.changed(app, kept, kept.root(), hand);
    }

    private Judgement judged() throws Exception {
        return phone.judgement((done, of) -> {});
    }

    @Test
    public void everyUserIsHeldAndNothingElseIsTried() throws Exception {
        Judgement.RunTime run = judged().runTime();
        int asked = run.blocked().size() + run.freed().size();
        assertTrue(asked > 20);
        for (String name : run.freed()) {
            hand.set("block-uninstall", name, 0, true);
        }
        Done done = phone.hold();
        assertEquals("for both users", 2 * asked, done.steps().size());
        for (Done.Step step : done.steps()) {
            assertEquals(step.name() + " " + step.text(), "done", step.outcome());
        }
        for (String name : run.blocked()) {
            assertEquals(true, hand.get("block-uninstall", name, 0));
            assertEquals(true, hand.get("block-uninstall", name, 10));
        }
        assertEquals(false, hand.get("block-uninstall", NAME, 0));
        assertTrue(hand.written.toString(), hand.written.stream().allMatch(one -> one.startsWith("block-uninstall ")));
        phone.undoAll();
        assertEquals("as before", true, hand.get("block-uninstall", NAME, 0));
    }

    @Test
    public void aRemovalIsForeseenOrSaidToBeImpossible() throws Exception {
        Foresight foreseen = phone.foresee(NAME, 0);
        assertNull(String.valueOf(foreseen.hindrance()), foreseen.hindrance());
        assertEquals(Long.valueOf(5_000_000), foreseen.bytes());
        hand.hides("holdings");
        assertNotNull("what goes with it could not be put back", phone.foresee(NAME, 0).hindrance());
        hand = new MemoryHand(List.of("DELETE_PACKAGES", "INSTALL_PACKAGES"));
        phone = Prepared.changed(app, kept, kept.root(), hand);
        String because = phone.foresee(NAME, 0).hindrance().en();
        assertTrue(because, because.contains(UNASKED));
        assertEquals(List.of(), hand.written);
        assertEquals("nothing stands in a journal", List.of(), phone.changes());
    }

    @Test
    public void whatWasRemovedHereReturnsAndWhatSomebodyElseTookIsInstalled() throws Exception {
        assertEquals("done", last(phone.remove(NAME, 0)).outcome());
        assertEquals(false, hand.get("installed", NAME, 0));
        assertTrue(phone.hasRemoved(NAME, 0));
        assertEquals("undo", last(phone.bringBack(NAME, 0)).purpose().kind());
        assertEquals(true, hand.get("installed", NAME, 0));

        hand.set("installed", NAME, 10, false);
        assertFalse(phone.hasRemoved(NAME, 10));
        Done.Step brought = last(phone.bringBack(NAME, 10));
        assertEquals("done", brought.outcome());
        assertEquals("install-for-user", brought.purpose().id());
        assertEquals(true, hand.get("installed", NAME, 10));
        for (Change.Journal journal : phone.changes()) {
            if (journal.user() == 10) {
                Change change = journal.changes().get(0);
                assertTrue(change.canUndo());
                assertEquals("done", last(phone.undo(10, List.of(change.seq()))).outcome());
            }
        }
        assertEquals(false, hand.get("installed", NAME, 10));
    }

    private static Done.Step last(Done done) {
        return done.steps().get(done.steps().size() - 1);
    }

    @Test
    public void mistakesOfTheMakersLayersReachScreenAndLog() throws Exception {
        Path layers = Files.createDirectories(root.getRoot().toPath().resolve("product/etc/keepone"));
        Files.write(layers.resolve("keepers.toml"), "no-such-key = 1\n".getBytes(StandardCharsets.UTF_8));
        Files.write(layers.resolve("unread.toml"), new byte[] {(byte) 0xff, 0, 1});
        phone = Prepared.changed(app, kept, root.getRoot().getPath(), hand);
        assertTrue(judged().mistakes().size() >= 2);
        StringBuilder log = new StringBuilder();
        for (ShadowLog.LogItem item : ShadowLog.getLogsForTag("KeepOne")) {
            log.append(item.msg).append('\n');
        }
        assertTrue(log.toString(), log.toString().contains("/product/etc/keepone/keepers.toml:1:"));
        assertTrue(log.toString(), log.toString().contains("/product/etc/keepone/unread.toml: is no UTF-8 text"));
    }
}
