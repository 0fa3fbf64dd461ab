import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Packs an unsigned APK: {@code java Pack.java OUT IN...}, where each IN is a zip archive or a folder.
 *
 * <p>The same input gives the same bytes on every machine: entries in the order of their names, one fixed time, and
 * nothing compressed, so that no version of a compressor shows. Libraries are mapped from within the APK and lie on
 * boundaries of 16 KB (Android 15 and newer may have such pages), everything else on 4 bytes, as Android asks of what it
 * maps. The padding is the extra field 0xD935 that apksigner reads, so that signing keeps the boundaries.
 */
final class Pack {
    private static final int LIBRARY_ALIGNMENT = 16384;
    private static final int ALIGNMENT = 4;
    private static final int ALIGNMENT_FIELD = 0xD935;
    /** Extra field: id, size, alignment. */
    private static final int ALIGNMENT_FIELD_BYTES = 6;
    private static final int LOCAL_HEADER = 30;
    private static final int CENTRAL_HEADER = 46;
    private static final int END_RECORD = 22;
    /** 1981-01-01 00:00:02, as zip writes times: what Android's own tools give an entry without one. */
    private static final int DATE = (1 << 9) | (1 << 5) | 1;
    private static final int TIME = 1;

    private Pack() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 1; i < arguments.length; i++) {
            Path in = Path.of(arguments[i]);
            if (Files.isDirectory(in)) {
                addFolder(in, entries);
            } else {
                addArchive(in, entries);
            }
        }
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]))) {
            write(entries, out);
        }
    }

    private static void addFolder(Path folder, Map<String, byte[]> entries) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    add(folder.relativize(file).toString(), Files.readAllBytes(file), entries);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static void addArchive(Path archive, Map<String, byte[]> entries) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                add(entry.getName(), zip.getInputStream(entry).readAllBytes(), entries);
            }
        }
    }

    private static void add(String name, byte[] data, Map<String, byte[]> entries) {
        if (entries.put(name, data) != null) {
            throw new IllegalArgumentException("two entries are named " + name);
        }
    }

    private static void write(Map<String, byte[]> entries, OutputStream out) throws IOException {
        DataOutputStream counted = new DataOutputStream(out);
        ByteBuffer directory = ByteBuffer.allocate(
                entries.keySet().stream().mapToInt(name -> CENTRAL_HEADER + utf8(name).length).sum());
        directory.order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            byte[] name = utf8(entry.getKey());
            byte[] data = entry.getValue();
            int at = counted.size();
            ByteBuffer fields = fields(data, name.length);
            byte[] padding = padding(entry.getKey(), at + LOCAL_HEADER + name.length);

            counted.write(little(LOCAL_HEADER).putInt(0x04034b50).put(fields.duplicate()).putShort((short) padding.length).array());
            counted.write(name);
            counted.write(padding);
            counted.write(data);

            directory.putInt(0x02014b50).putShort((short) 10).put(fields).putShort((short) 0);
            directory.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(at).put(name);
        }
        int start = counted.size();
        counted.write(directory.array());
        counted.write(little(END_RECORD).putInt(0x06054b50).putInt(0).putShort((short) entries.size())
                .putShort((short) entries.size()).putInt(directory.capacity()).putInt(start).putShort((short) 0).array());
        counted.flush();
    }

    /** What the local header and the central one share: from the version that is needed to the length of the name. */
    private static ByteBuffer fields(byte[] data, int nameLength) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return little(24).putShort((short) 10).putShort((short) 0).putShort((short) 0).putShort((short) TIME)
                .putShort((short) DATE).putInt((int) crc.getValue()).putInt(data.length).putInt(data.length)
                .putShort((short) nameLength).flip();
    }

    /** The extra field that moves data from {@code at} to its boundary. */
    private static byte[] padding(String name, int at) {
        int alignment = name.startsWith("lib/") && name.endsWith(".so") ? LIBRARY_ALIGNMENT : ALIGNMENT;
        int fill = (alignment - (at + ALIGNMENT_FIELD_BYTES) % alignment) % alignment;
        return little(ALIGNMENT_FIELD_BYTES + fill).putShort((short) ALIGNMENT_FIELD).putShort((short) (2 + fill))
                .putShort((short) alignment).array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
