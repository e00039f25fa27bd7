package dustwarden.notify;

import java.util.List;
import java.util.Optional;

/** Messages for tests of channels. */
final class Parcels {
    static final String ALARM = "{\"id\":\"aabb\",\"site\":\"site-1\",\"item\":\"washing\",\"rule\":\"henan-seven/washing\","
            + "\"subject\":\"gate-a\",\"priority\":\"high\",\"state\":\"raised\",\"raisedAt\":\"2026-03-14T09:00:00.000+08:00\","
            + "\"occurrences\":1,\"reasons\":[],\"transition\":\"raised\",\"at\":\"2026-03-14T09:00:00.000+08:00\"}";
    static final Told ZH = new Told(
            "【告警·紧急】一号工地 · 出入车辆冲洗", List.of("情况：车辆未经冲洗驶出", "现在要做：检查冲洗设施"),
            List.of(new Told.Link("点此确认", "https://dust.example/a/abc")), Optional.empty());
    static final Told EN = new Told("[Alarm, urgent] Site 1 · Vehicle washing", List.of("What happened: a truck left unwashed"),
            List.of(new Told.Link("Acknowledge", "https://dust.example/a/abc")), Optional.empty());

    private Parcels() {}

    static Notice notice(String alarmJson) {
        return new Notice("0011223344556677", 5, 1_773_450_000_000L, "site-1", "aabb", "raised", "Li", "robot", alarmJson);
    }

    static Parcel one() {
        return of(new NoticeText(ZH, EN));
    }

    static Parcel of(NoticeText text) {
        return new Parcel("0011223344556677", List.of(notice(ALARM)), text, false);
    }

    /** So many lines of Chinese. */
    static Parcel merged(int lines) {
        List<String> all = java.util.stream.IntStream.range(0, lines)
                .mapToObj(i -> "· 第 " + i + " 号工地：出入车辆冲洗告警 " + i + "，裸土和物料覆盖再次发生 𠮷 " + i).toList();
        Told zh = new Told("【合并】" + lines + " 个工地", all, ZH.links(), Optional.of("……另有 {n} 个工地"));
        return of(new NoticeText(zh, EN));
    }

    /** One line that is much too long. */
    static Parcel endless() {
        Told zh = new Told("【告警】一号工地", List.of("情况：" + "覆𠮷".repeat(20_000), "现在要做：覆盖裸土"), ZH.links(), Optional.empty());
        return of(new NoticeText(zh, EN));
    }
}
