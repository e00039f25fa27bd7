package dustwarden.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dustwarden.core.ObservationJson;
import dustwarden.core.decode.Bulk;
import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.OwnDecoder;
import dustwarden.core.decode.Profile;
import dustwarden.core.decode.ProfileDecoder;
import dustwarden.core.model.Observation;
import dustwarden.settings.Checked;
import dustwarden.settings.ContentSources;
import dustwarden.settings.ProfileFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a payload or frame becomes, without register, clock or server: one JSON line for each answer. */
@Command(
        name = "decode",
        description = {
            "解码:报文或数据帧会变成什么,每个答复一行 JSON。",
            "Show what a payload or frames become, one JSON line for each answer."
        },
        mixinStandardHelpOptions = true)
final class DecodeCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    @Option(
            names = "--as",
            required = true,
            paramLabel = "own|hj212|PROFILE.yaml",
            description = "格式;hj212 每行一帧,其余整个文件为一个报文 / the format; hj212: a frame a line, else one payload")
    private String as;

    @Option(names = "--topic", paramLabel = "T", description = "报文的 MQTT 主题 / the MQTT topic that the payload came on")
    private String topic;

    @Parameters(paramLabel = "FILE|-", description = "文件,- 为标准输入 / the file, - for standard input")
    private String file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Decoded> answers;
        switch (as) {
            case "own" -> answers = OwnDecoder.decodeAlone(Optional.ofNullable(topic), bytes());
            case "hj212" -> answers = frames(bytes());
            default -> answers = ProfileDecoder.decodeAlone(
                    profile(), Optional.ofNullable(topic), Bulk.without(bytes()), Instant.now().toEpochMilli());
        }
        PrintWriter out = spec.commandLine().getOut();
        answers.forEach(answer -> out.println(json(answer)));
        out.flush();
        return ExitCode.OK;
    }

    private Profile profile() {
        if (!as.endsWith(".yaml") && !as.endsWith(".yml")) {
            throw new ParameterException(spec.commandLine(), "--as: wants own, hj212 or a PROFILE.yaml, got " + as);
        }
        Checked<Profile> read = ProfileFiles.read(as);
        if (!read.problems().isEmpty() || read.value().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--as: " + String.join(System.lineSeparator(), read.problems()));
        }
        return read.value().get();
    }

    private byte[] bytes() throws IOException {
        if (file.equals(STDIN)) {
            return System.in.readAllBytes();
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new ParameterException(spec.commandLine(), "there is no file " + file + " to read");
        }
        return Files.readAllBytes(path);
    }

    /** Each line, also an empty one, is one frame; what follows the last line end is one only if it is not empty. */
    private static List<Decoded> frames(byte[] bytes) {
        FrameLines lines = new FrameLines();
        int from = 0;
        for (int at = 0; at <= bytes.length; at++) {
            boolean ends = at == bytes.length ? from < at : bytes[at] == '\n';
            if (ends) {
                int to = at;
                while (to > from && bytes[to - 1] == '\r') {
                    to--;
                }
                lines.add(Arrays.copyOfRange(bytes, from, to));
                from = at + 1;
            }
        }
        return lines.answers();
    }

    private ObjectNode json(Decoded decoded) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        if (decoded instanceof Decoded.Rejected rejected) {
            line.put("accepted", false);
            line.put("reason", rejected.reason());
            line.put("detail", rejected.detail());
            return line;
        }
        Decoded.Accepted accepted = (Decoded.Accepted) decoded;
        line.put("accepted", true);
        ArrayNode observations = line.putArray("observations");
        accepted.observations().forEach(said -> observations.add(observation(said)));
        ArrayNode tolerated = line.putArray("tolerated");
        accepted.tolerated().forEach(tolerated::add);
        accepted.ignored().ifPresent(why -> line.put("ignored", why));
        return line;
    }

    /** Without a topic, or on one of a maker's, nobody knows who spoke; a frame names its sender by its MN. */
    private ObjectNode observation(Observation said) {
        ObjectNode json = ObservationJson.of(said, ContentSources.ZONE);
        if (as.equals("hj212")) {
            json.remove("site");
            json.remove("device");
            json.put("mn", said.device());
        } else if (topic == null || !as.equals("own")) {
            json.remove(List.of("site", "device"));
        }
        return json;
    }
}
