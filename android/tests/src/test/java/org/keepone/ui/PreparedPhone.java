package org.keepone.ui;

import android.os.Looper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.json.JSONException;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Change;
import org.keepone.ui.model.Connected;
import org.keepone.ui.model.Done;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Foresight;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;
import org.keepone.ui.model.Wording;
import org.keepone.ui.model.Words;

/**
 * A phone whose verdict is the core's own, and whose switches, journal and record are what the test wrote. It notes what it
 * is asked to do, and refuses to be asked on the main thread.
 */
final class PreparedPhone implements Phone {
    /** What was asked for, in order: "set name user area switch to", "remove name user", "undo 0 [1, 2]". */
    final List<String> deeds = new ArrayList<>();

    /** How often anything was asked. */
    volatile int asked;

    private final Phone judged;
    private Judgement judgement;
    private final Map<String, Sheet> sheets = new HashMap<>();
    private Way way = way("platform-signed", "");
    private Change.Journal journal = new Change.Journal(0, List.of(), null, false, false);
    private Event.Records records = new Event.Records(List.of(), null, 0);
    private Done answer = new Done(List.of(), null, List.of());
    private Failure failure;
    private Connected connected = Connected.unread("needs-permission", "android.permission.PACKAGE_USAGE_STATS");
    private Boolean installed = Boolean.TRUE;
    private boolean hasRemoved = true;
    private Foresight foresight = new Foresight(null, List.of(), 5_000_000L, List.of());
    private Event.Seal seal = new Event.Seal(1204, 0, List.of());

    PreparedPhone(Phone judged) {
        this.judged = judged;
    }

    PreparedPhone lives(String way) {
        this.way = way(way, "");
        return this;
    }

    PreparedPhone hasWorkProfile() {
        this.way = way("platform-signed", ",{\"id\":10,\"kind\":\"work\"}");
        return this;
    }

    PreparedPhone has(Sheet sheet) {
        sheets.put(sheet.name(), sheet);
        return this;
    }

    PreparedPhone changed(String json) throws JSONException {
        journal = Change.journal(json, 0);
        return this;
    }

    PreparedPhone recorded(String json) throws JSONException {
        records = Event.records(json);
        return this;
    }

    PreparedPhone damaged(String en, String zh) {
        seal = new Event.Seal(1204, 0, List.of(new Wording(en, zh)));
        return this;
    }

    PreparedPhone answers(String json) throws JSONException {
        answer = Done.parse(json);
        return this;
    }

    /** Returns the core's verdict, for tests that change a part of it. */
    Judgement judgement() throws Exception {
        java.util.concurrent.FutureTask<Judgement> task =
                new java.util.concurrent.FutureTask<>(() -> judged.judgement((done, of) -> {}));
        Thread thread = new Thread(task);
        thread.start();
        return task.get();
    }

    PreparedPhone judges(Judgement judgement) {
        this.judgement = judgement;
        return this;
    }

    PreparedPhone fails(String en, String zh) {
        failure = en == null ? null : new Failure("failed", new Wording(en, zh), null);
        return this;
    }

    PreparedPhone isInstalled(Boolean installed) {
        this.installed = installed;
        return this;
    }

    PreparedPhone hasRemoved(boolean removed) {
        this.hasRemoved = removed;
        return this;
    }

    PreparedPhone foresees(Foresight foresight) {
        this.foresight = foresight;
        return this;
    }

    private static Way way(String way, String others) {
        try {
            return Way.parse(
                    "{\"way\":\"" + way + "\",\"sdk\":34,\"users\":[{\"id\":0,\"kind\":\"main\"}" + others + "]}", 0);
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void asked() throws Failure {
        asked++;
        if (Looper.getMainLooper().isCurrentThread()) {
            throw new AssertionError("the phone is asked on the main thread");
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Done does(String deed) throws Failure {
        asked();
        deeds.add(deed);
        return answer;
    }

    @Override
    public Way way() throws Failure {
        asked();
        return way;
    }

    @Override
    public Judgement judgement(Progress progress) throws Failure {
        asked();
        if (judgement == null) {
            judgement = judged.judgement(progress);
        }
        return judgement;
    }

    @Override
    public App known(String name) {
        return judged.known(name);
    }

    @Override
    public void forget(String name) {
        deeds.add("forget " + name);
    }

    @Override
    public Words words(String language) throws Failure {
        // What the screens say of a failure must not depend on the core.
        return judged.words(language);
    }

    @Override
    public Sheet sheet(String name, int user) throws Failure {
        asked();
        Sheet sheet = sheets.get(name);
        if (sheet == null) {
            throw new Failure("failed", new Wording("no switches were read", "未读取到开关"), null);
        }
        return sheet;
    }

    @Override
    public List<Sheet> sheets(int user, Progress progress) throws Failure {
        asked();
        return new ArrayList<>(sheets.values());
    }

    @Override
    public Done set(String name, int user, String area, String id, String to) throws Failure {
        return does("set " + name + " " + user + " " + area + " " + id + " " + to);
    }

    @Override
    public Done hold() throws Failure {
        return does("hold");
    }

    @Override
    public Done resume(int user) throws Failure {
        return does("resume " + user);
    }

    @Override
    public Done remove(String name, int user) throws Failure {
        return does("remove " + name + " " + user);
    }

    @Override
    public Done bringBack(String name, int user) throws Failure {
        return does("bring back " + name + " " + user);
    }

    @Override
    public Foresight foresee(String name, int user) throws Failure {
        asked();
        return foresight;
    }

    @Override
    public boolean hasRemoved(String name, int user) throws Failure {
        asked();
        return hasRemoved;
    }

    @Override
    public Boolean isInstalled(String name, int user) throws Failure {
        asked();
        return installed;
    }

    @Override
    public List<Change.Journal> changes() throws Failure {
        asked();
        return List.of(journal);
    }

    @Override
    public Done undo(int user, List<Long> numbers) throws Failure {
        return does("undo " + user + " " + numbers);
    }

    @Override
    public Done undoAll() throws Failure {
        return does("undo all");
    }

    @Override
    public Event.Records records(Event.Filter filter, Long from) throws Failure {
        asked();
        List<Event> found = new ArrayList<>();
        for (Event event : records.events()) {
            boolean isApp = filter.name() == null || filter.name().equals(event.name());
            boolean isKind = filter.kind() == null || filter.kind().equals(event.kind());
            boolean isUser = filter.user() == null || filter.user() == event.user();
            if (isApp && isKind && isUser) {
                found.add(event);
            }
        }
        return new Event.Records(found, records.next(), records.unreadable());
    }

    @Override
    public Connected connected(int user) {
        return connected;
    }

    @Override
    public Event.Last last(String kind, Integer user) throws Failure {
        Event.Records all = records(new Event.Filter(null, kind, 0, null), null);
        List<Event> found = records(new Event.Filter(null, kind, 0, user), null).events();
        String since = all.events().isEmpty() ? null : all.events().get(all.events().size() - 1).at();
        // Which operations are recorded is the core's to say.
        return new Event.Last(found, since, false, judged.last(kind, user).watched());
    }

    @Override
    public Event.Seal seal() throws Failure {
        asked();
        return seal;
    }

    @Override
    public void export(String format, OutputStream to) throws Failure {
        does("export " + format);
        try {
            to.write(format.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new Failure("failed", new Wording("not written", "未写入"), failed);
        }
    }
}
