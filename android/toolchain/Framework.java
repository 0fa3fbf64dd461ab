import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes the newest platform readable to the tools of Debian 12: {@code java Framework.java ANDROID_ALL_JAR APK JAR}.
 *
 * <p>The class files of Android 16 say that they are for Java 21. A compiler reads only their signatures, and nothing in
 * those is newer than Java 17: JAR holds the same class files under that number, and the
 * platform's build.prop.
 *
 * <p>Since Android 14 the platform's own table writes entries and offsets in a short form that the aapt2 of Debian 12
 * does not know (AOSP, {@code libs/androidfw/include/androidfw/ResourceTypes.h}: {@code FLAG_COMPACT},
 * {@code FLAG_OFFSET16}). In APK both are written out in the long form. Only the default configuration is kept: linking
 * asks which resources there are, not what they look like on a watch.
 */
final class Framework {
    private static final int STRINGS = 0x0001;
    private static final int TABLE = 0x0002;
    private static final int PACKAGE = 0x0200;
    private static final int TYPE = 0x0201;
    private static final int TYPE_SPEC = 0x0202;
    private static final int SPARSE = 1;
    private static final int OFFSET16 = 2;
    private static final int COMPLEX = 1;
    private static final int COMPACT = 8;
    private static final int NONE = -1;
    /** The major version of a class file (Java Virtual Machine Specification, 4.1). */
    private static final int JAVA_17 = 61;
    /** Where the configuration starts in a type's header. */
    private static final int CONFIGURATION = 20;

    private final ByteBuffer table;
    /** How many entries a type has, by its id. */
    private final Map<Integer, Integer> entryCounts = new HashMap<>();

    private Framework(byte[] table) {
        this.table = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static void main(String[] arguments) throws IOException {
        try (ZipFile jar = new ZipFile(arguments[0]);
                ZipOutputStream apk = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])));
                ZipOutputStream classes = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[2])))) {
            store(apk, "AndroidManifest.xml", read(jar, "AndroidManifest.xml"));
            store(apk, "resources.arsc", new Framework(read(jar, "resources.arsc")).rewritten());
            store(classes, "build.prop", read(jar, "build.prop"));
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class")) {
                    store(classes, entry.getName(), forJava17(read(jar, entry.getName())));
                }
            }
        }
    }

    private static byte[] forJava17(byte[] classFile) {
        ByteBuffer version = ByteBuffer.wrap(classFile);
        version.putShort(6, (short) Math.min(version.getShort(6), JAVA_17));
        return classFile;
    }

    /** The table with its strings and its first package; those that follow are of modules that update by themselves. */
    private byte[] rewritten() throws IOException {
        int strings = header(0, TABLE);
        int start = strings + size(strings);
        byte[] rewritten = joined(copy(0, start), onlyPackage(start));
        little(rewritten).putInt(8, 1);
        return rewritten;
    }

    private byte[] onlyPackage(int at) throws IOException {
        int first = at + header(at, PACKAGE);
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (int part = first; part < at + size(at); part += size(part)) {
            int kind = table.getShort(part);
            if (kind == TYPE_SPEC) {
                entryCounts.put((int) table.get(part + 8), table.getInt(part + 12));
            }
            if (kind == TYPE && isDefault(part)) {
                parts.write(type(part, entryCounts.get((int) table.get(part + 8))));
            } else if (kind == TYPE_SPEC || kind == STRINGS) {
                parts.write(copy(part, part + size(part)));
            }
        }
        return joined(copy(at, first), parts.toByteArray());
    }

    /** A chunk out of its header and its parts, the size set anew. */
    private static byte[] joined(byte[] header, byte[] parts) {
        ByteBuffer out = little(new byte[header.length + parts.length]).put(header).put(parts);
        return out.putInt(4, out.capacity()).array();
    }

    private int header(int at, int kind) throws IOException {
        if (table.getShort(at) != kind) {
            throw new IOException("no chunk of kind " + kind + " at " + at);
        }
        return table.getShort(at + 2);
    }

    private int size(int at) {
        return table.getInt(at + 4);
    }

    private boolean isDefault(int at) {
        for (int i = at + CONFIGURATION + 4; i < at + CONFIGURATION + table.getInt(at + CONFIGURATION); i++) {
            if (table.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** A type in the long form: an offset of 32 bits for each entry that there is or is not, and no compact entry. */
    private byte[] type(int at, int entryCount) {
        int header = table.getShort(at + 2);
        int[] offsets = offsets(at, header, entryCount);
        ByteBuffer index = little(new byte[4 * entryCount]);
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        for (int offset : offsets) {
            index.putInt(offset == NONE ? NONE : entries.size());
            if (offset != NONE) {
                entries.writeBytes(entry(at + table.getInt(at + 16) + offset));
            }
        }
        byte[] type = joined(joined(copy(at, at + header), index.array()), entries.toByteArray());
        little(type).put(9, (byte) 0).putInt(12, entryCount).putInt(16, header + index.capacity());
        return type;
    }

    private int[] offsets(int at, int header, int entryCount) {
        int flags = table.get(at + 9);
        int written = table.getInt(at + 12);
        int[] offsets = new int[entryCount];
        Arrays.fill(offsets, NONE);
        for (int i = 0; i < written; i++) {
            if ((flags & SPARSE) != 0) {
                int pair = at + header + 4 * i;
                offsets[Short.toUnsignedInt(table.getShort(pair))] = 4 * Short.toUnsignedInt(table.getShort(pair + 2));
            } else if ((flags & OFFSET16) != 0) {
                int quarter = Short.toUnsignedInt(table.getShort(at + header + 2 * i));
                offsets[i] = quarter == 0xffff ? NONE : 4 * quarter;
            } else {
                offsets[i] = table.getInt(at + header + 4 * i);
            }
        }
        return offsets;
    }

    private byte[] entry(int at) {
        int flags = Short.toUnsignedInt(table.getShort(at + 2));
        if ((flags & COMPACT) != 0) {
            ByteBuffer out = little(new byte[16]);
            out.putShort((short) 8).putShort((short) (flags & 0xff & ~COMPACT)).putInt(Short.toUnsignedInt(table.getShort(at)));
            return out.putShort((short) 8).put((byte) 0).put((byte) (flags >> 8)).putInt(table.getInt(at + 4)).array();
        }
        int size = Short.toUnsignedInt(table.getShort(at));
        int value = (flags & COMPLEX) != 0 ? 12 * table.getInt(at + 12) : Short.toUnsignedInt(table.getShort(at + size));
        return copy(at, at + size + value);
    }

    private byte[] copy(int from, int to) {
        return Arrays.copyOfRange(table.array(), from, to);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] read(ZipFile zip, String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }

    private static void store(ZipOutputStream out, String name, byte[] data) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(data);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(data);
    }
}
