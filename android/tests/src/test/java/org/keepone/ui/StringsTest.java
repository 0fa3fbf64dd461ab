package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Every string of the app exists in English and in Chinese, with the same places to fill, and none is left in English. */
public final class StringsTest {
    private static final Path RESOURCES = Path.of("..", "app", "src", "main", "res");
    private static final Pattern PLACE = Pattern.compile("%(?:\\d\\$)?[+\\d]*[a-z]");

    /** Latin letters that Chinese texts keep: names, formats. */
    private static final Pattern NAMES = Pattern.compile("KeepOne|NDJSON|CSV|TOML|APK|%(?:\\d\\$)?[+\\d]*[a-z]|\\\\n");

    @Test
    public void bothLanguagesHaveTheSameStrings() throws Exception {
        Map<String, String> english = strings("values");
        Map<String, String> chinese = strings("values-zh-rCN");
        TreeSet<String> translatable = new TreeSet<>(english.keySet());
        translatable.removeAll(kept("values"));
        TreeSet<String> translated = new TreeSet<>(chinese.keySet());
        translated.removeAll(kept("values-zh-rCN"));
        assertEquals(translatable, translated);
    }

    @Test
    public void bothLanguagesFillTheSamePlaces() throws Exception {
        Map<String, String> english = strings("values");
        strings("values-zh-rCN").forEach((name, text) ->
                assertEquals(name, places(english.get(name)), places(text)));
    }

    @Test
    public void noEnglishStaysInTheChinese() throws Exception {
        List<String> wrong = new ArrayList<>();
        Map<String, String> chinese = strings("values-zh-rCN");
        chinese.keySet().removeAll(kept("values-zh-rCN"));
        chinese.forEach((name, text) -> {
            if (NAMES.matcher(text).replaceAll("").chars().anyMatch(StringsTest::isLatin)) {
                wrong.add(name + ": " + text);
            }
        });
        assertEquals(List.of(), wrong);
        assertTrue(chinese.size() > 100);
    }

    @Test
    public void noChineseStaysInTheEnglish() throws Exception {
        strings("values").forEach((name, text) ->
                assertTrue(name + ": " + text, text.chars().allMatch(point -> point < 0x2E80)));
    }

    private static boolean isLatin(int point) {
        return point >= 'A' && point <= 'Z' || point >= 'a' && point <= 'z';
    }

    private static List<String> places(String text) {
        List<String> places = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(matcher.group());
        }
        places.sort(null);
        return places;
    }

    /** Returns the strings of all files; of a plural its last form. */
    private static Map<String, String> strings(String folder) throws Exception {
        Map<String, String> strings = new TreeMap<>();
        for (Element element : elements(folder)) {
            String text = element.getTextContent();
            NodeList forms = element.getElementsByTagName("item");
            if (forms.getLength() > 0) {
                text = forms.item(forms.getLength() - 1).getTextContent();
            }
            strings.put(element.getAttribute("name"), text);
        }
        return strings;
    }

    /** Returns the names of strings that are not to be translated. */
    private static TreeSet<String> kept(String folder) throws Exception {
        TreeSet<String> kept = new TreeSet<>();
        for (Element element : elements(folder)) {
            if (element.getAttribute("translatable").equals("false")) {
                kept.add(element.getAttribute("name"));
            }
        }
        return kept;
    }

    private static List<Element> elements(String folder) throws Exception {
        List<Element> found = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        try (java.util.stream.Stream<Path> all = Files.list(RESOURCES.resolve(folder))) {
            all.filter(file -> file.toString().endsWith(".xml")).forEach(files::add);
        }
        for (Path file : files) {
            try (InputStream stream = Files.newInputStream(file)) {
                Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream);
                NodeList all = document.getDocumentElement().getChildNodes();
                for (int at = 0; at < all.getLength(); at++) {
                    Node node = all.item(at);
                    String name = node.getNodeName();
                    if (name.equals("string") || name.equals("plurals")) {
                        found.add((Element) node);
                    }
                }
            }
        }
        return found;
    }
}
