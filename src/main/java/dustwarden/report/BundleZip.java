package dustwarden.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The file that a bundle travels in: a zip whose {@code SHA256SUMS} covers every file in it, and whose comment covers every
 * byte before it.
 *
 * <p>What another program packed again has no such comment; then the files alone are held against their sums.
 */
final class BundleZip {
    static final String SUMS = "SHA256SUMS";
    private static final String COMMENT = "dustwarden-evidence ";
    private static final String SUMS_END = "# sha256 of the lines above: ";
    private static final int COMMENT_BYTES = COMMENT.length() + 64;
    private static final int END_BYTES = 22;
    private static final long FILE_MAX = 64L << 20;
    private static final long UNPACKED_MAX = 128L << 20;
    private static final int FILES_MAX = 200;

    /**
     * The files of a bundle, without the sums.
     *
     * @param asMade false where another program packed them again
     */
    record Unpacked(Map<String, byte[]> files, boolean asMade) {}

    private BundleZip() {}

    static byte[] write(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
            put(zip, SUMS, sums(files).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all that is written", e);
        }
        byte[] zipped = bytes.toByteArray();
        zipped[zipped.length - 2] = (byte) COMMENT_BYTES;
        byte[] comment = (COMMENT + Sha.hex(zipped)).getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(zipped, zipped.length + comment.length);
        System.arraycopy(comment, 0, all, zipped.length, comment.length);
        return all;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** One line a file as {@code sha256sum -c} reads it, and a last one over these. */
    private static String sums(Map<String, byte[]> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, content) -> lines.append(Sha.hex(content)).append("  ").append(name).append('\n'));
        return lines + SUMS_END + Sha.hex(lines.toString().getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    /** @throws BundleRefused a sentence that names what is wrong */
    static Unpacked read(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new BundleRefused("没有文件 " + path + "。", "there is no file " + path);
            }
            if (Files.size(path) > FILE_MAX) {
                throw new BundleRefused("文件超过 64 MiB,不是证据包。", "the file is over 64 MiB, which no bundle is");
            }
            byte[] all = Files.readAllBytes(path);
            boolean asMade = madeByUs(all);
            List<String> central = names(path);
            Map<String, byte[]> files = unpack(all);
            if (!central.equals(List.copyOf(files.keySet()))) {
                throw new BundleRefused("压缩包目录与内容不一致。", "the zip's directory names other files than are in it");
            }
            held(files);
            return new Unpacked(files, asMade);
        } catch (IOException | IllegalArgumentException e) {
            throw new BundleRefused("不是可读的压缩包:" + e.getMessage(), "not a readable zip: " + e.getMessage());
        }
    }

    private static boolean madeByUs(byte[] all) {
        int ended = all.length - COMMENT_BYTES;
        boolean plain = all.length >= END_BYTES && isEnd(all, all.length - END_BYTES, 0);
        if (plain) {
            return false;
        }
        if (ended < END_BYTES || !isEnd(all, ended - END_BYTES, COMMENT_BYTES)) {
            throw new BundleRefused("压缩包的结尾被改动或截断。", "the end of the zip was changed or cut off");
        }
        byte[] before = Arrays.copyOf(all, ended);
        String comment = new String(all, ended, COMMENT_BYTES, StandardCharsets.ISO_8859_1);
        if (comment.startsWith(COMMENT) && !comment.equals(COMMENT + Sha.hex(before))) {
            // The files' own sums say which one it is; where they all hold it is in the zip around them.
            held(unpackQuietly(all));
            throw new BundleRefused(
                    "压缩包外壳(目录或结尾)有字节被改动。", "a byte of the zip around the files (directory or comment) was changed");
        }
        if (!comment.startsWith(COMMENT)) {
            throw new BundleRefused("压缩包的注释被改动。", "the comment of the zip was changed");
        }
        return true;
    }

    private static Map<String, byte[]> unpackQuietly(byte[] all) {
        try {
            return unpack(all);
        } catch (IOException | IllegalArgumentException e) {
            throw new BundleRefused("压缩包内有字节被改动:" + e.getMessage(), "a byte in the zip was changed: " + e.getMessage());
        }
    }

    private static boolean isEnd(byte[] all, int at, int commentBytes) {
        return all[at] == 'P' && all[at + 1] == 'K' && all[at + 2] == 5 && all[at + 3] == 6
                && (all[at + 20] & 0xff) == commentBytes && all[at + 21] == 0;
    }

    private static List<String> names(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8)) {
            if (zip.size() > FILES_MAX) {
                throw tooMany();
            }
            List<String> names = new ArrayList<>();
            zip.stream().forEach(entry -> names.add(entry.getName()));
            return names;
        }
    }

    private static BundleRefused tooMany() {
        return new BundleRefused("压缩包内文件过多。", "there are over " + FILES_MAX + " files in the zip");
    }

    private static Map<String, byte[]> unpack(byte[] all) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        long left = UNPACKED_MAX;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(all), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (files.size() == FILES_MAX) {
                    throw tooMany();
                }
                String name = entry.getName();
                byte[] content = bounded(zip, Math.min(left, FILE_MAX), name);
                left -= content.length;
                if (files.put(name, content) != null) {
                    throw new BundleRefused("文件 " + name + " 出现两次。", "the file " + name + " stands twice in the zip");
                }
            }
        } catch (IOException e) {
            String at = files.isEmpty() ? "the first file" : "the file after " + List.copyOf(files.keySet()).get(files.size() - 1);
            throw new IOException(at + ": " + e.getMessage(), e);
        }
        return files;
    }

    private static byte[] bounded(InputStream in, long most, String name) throws IOException {
        byte[] content = in.readNBytes((int) most + 1);
        if (content.length > most) {
            throw new BundleRefused(
                    "文件 " + name + " 解压后过大,拒绝读取。", "the file " + name + " unpacks to more than a bundle may hold; it is not read");
        }
        return content;
    }

    /** Takes the sums out and holds every file against them. */
    private static void held(Map<String, byte[]> files) {
        byte[] sums = files.remove(SUMS);
        if (sums == null) {
            throw new BundleRefused("缺少 " + SUMS + "。", SUMS + " is missing");
        }
        Map<String, String> wanted = wanted(new String(sums, StandardCharsets.UTF_8));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String sum = wanted.get(file.getKey());
            if (sum == null) {
                throw new BundleRefused(
                        "文件 " + file.getKey() + " 不在校验清单中(改名或多出)。", "the file " + file.getKey() + " is not in " + SUMS
                                + ": renamed, or put in later");
            }
            if (!sum.equals(Sha.hex(file.getValue()))) {
                throw new BundleRefused(
                        "文件 " + file.getKey() + " 与其散列不符,内容被改动。", "the file " + file.getKey() + " does not fit its hash: it was changed");
            }
        }
        for (String name : wanted.keySet()) {
            if (!files.containsKey(name)) {
                throw new BundleRefused("缺少文件 " + name + "。", "the file " + name + " is missing");
            }
        }
    }

    private static Map<String, String> wanted(String text) {
        int end = text.lastIndexOf(SUMS_END);
        boolean whole = end >= 0
                && text.substring(end).equals(
                        SUMS_END + Sha.hex(text.substring(0, end).getBytes(StandardCharsets.UTF_8)) + "\n");
        if (!whole) {
            throw new BundleRefused(SUMS + " 被改动。", SUMS + " was changed: it does not fit its own last line");
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String line : text.substring(0, end).split("\n")) {
            if (!line.matches("[0-9a-f]{64}  [a-z0-9][A-Za-z0-9._/-]{0,120}|[0-9a-f]{64}  README.txt")) {
                throw new BundleRefused(SUMS + " 格式不正确。", SUMS + " has a line of another form");
            }
            if (wanted.put(line.substring(66), line.substring(0, 64)) != null) {
                throw new BundleRefused(SUMS + " 重复列出 " + line.substring(66), SUMS + " lists " + line.substring(66) + " twice");
            }
        }
        return wanted;
    }
}
