package dustwarden.broker;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One reading of a password file: the devices it names, and every problem found; empty lines and {@code #} lines are skipped. */
record PasswordFile(Map<DeviceId, SecretHash> devices, List<PasswordProblem> problems) {
    PasswordFile {
        devices = Map.copyOf(devices);
        problems = List.copyOf(problems);
    }

    static PasswordFile read(Path file) {
        try {
            return parse(file, Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return broken(file, "there is no such file; write a first secret with"
                    + " 'dustwarden device password SITE DEVICE'", "文件不存在；请用 dustwarden device password 站点 设备 写入第一个口令");
        } catch (CharacterCodingException e) {
            return broken(file, "is not UTF-8 text", "不是 UTF-8 文本");
        } catch (IOException e) {
            return broken(file, "cannot be read: " + e, "无法读取：" + e);
        }
    }

    private static PasswordFile broken(Path file, String en, String zh) {
        return new PasswordFile(Map.of(), List.of(new PasswordProblem(file, 0, en, zh)));
    }

    private static PasswordFile parse(Path file, List<String> lines) {
        Map<DeviceId, SecretHash> devices = new HashMap<>();
        List<PasswordProblem> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Line.parse(file, i + 1, line, problems)
                        .filter(read -> read.isFirst(file, devices, problems))
                        .ifPresent(read -> devices.put(read.device, read.hash));
            }
        }
        return new PasswordFile(devices, problems);
    }

    /** The device a line of the file is about, or nothing. */
    static Optional<DeviceId> device(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? Optional.empty() : DeviceId.parse(line.substring(0, colon).strip());
    }

    private record Line(int number, DeviceId device, SecretHash hash) {
        static Optional<Line> parse(Path file, int number, String line, List<PasswordProblem> problems) {
            Optional<DeviceId> device = PasswordFile.device(line);
            if (device.isEmpty()) {
                problems.add(new PasswordProblem(
                        file,
                        number,
                        "does not begin with site/device: (ids are a-z, 0-9 and -, at most 32)",
                        "不是以“站点/设备:”开头（编号只含 a-z、0-9 和 -，最多 32 个字符）"));
                return Optional.empty();
            }
            Optional<SecretHash> hash = SecretHash.parse(line.substring(line.indexOf(':') + 1).strip());
            if (hash.isEmpty()) {
                problems.add(new PasswordProblem(
                        file,
                        number,
                        "the secret of " + device.get() + " is not of the form pbkdf2-sha256:iterations:salt:hash",
                        device.get() + " 的口令不是 pbkdf2-sha256:迭代次数:盐:散列 的形式"));
            }
            return hash.map(good -> new Line(number, device.get(), good));
        }

        boolean isFirst(Path file, Map<DeviceId, SecretHash> devices, List<PasswordProblem> problems) {
            if (devices.containsKey(device)) {
                problems.add(new PasswordProblem(
                        file, number, device + " has a line already", device + " 已在前面出现过"));
                return false;
            }
            return true;
        }
    }
}
