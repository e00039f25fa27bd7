// Chinese: every word of the pages except the reasons of verdicts.
export default {
  title: '工地扬尘监管',
  nav: { sites: '工地', alarms: '告警', ranking: '排名', rulebooks: '依据', skip: '跳到正文' },
  lang: 'English', langHint: 'Switch to English',
  theme: { auto: '跟随系统', light: '浅色', dark: '深色', hint: '外观：{mode}' },
  logout: '退出',
  link: { live: '实时', connecting: '连接中', lost: '连接中断' },
  stale: '与服务器的连接已中断，以下是 {at} 的数据，可能已经过时。正在重新连接……',
  playing: '正在回放过去 24 小时：{percent}%',
  playingAt: '现在播放到 {at}',
  loading: '正在读取……', failed: '读取失败：{detail}', retry: '重试', more: '显示更多', none: '无',
  login: {
    title: '登录', hint: '请用您的账户登录；账户由管理员用 account 命令开通。', hintToken: '请输入管理员令牌（设置项 auth.token）。',
    account: '账户', password: '密码', token: '令牌', enter: '进入', byToken: '改用管理员令牌', byAccount: '改用账户登录',
    wrong: '令牌不对。', wrongPassword: '账户或密码不对。', wait: '登录失败次数过多，请 {n} 秒后再试。', ticket: '登录链接已失效，请输入令牌，或从程序输出的最新链接进入。', trying: '正在登录……',
  },
  role: {
    administrator: '管理员', regulator: '监管部门', supervisor: '监管员', supervision: '监理单位', owner: '建设单位', contractor: '施工单位',
  },
  ranking: {
    title: '工地排名', rank: '名次', site: '工地', shares: '占比', share: '合规', violation: '违规', unknown: '未知', region: '区域', stretch: '时段',
    stretches: { day: '24 小时', week: '7 天', month: '30 天' }, words: '按七个百分之百各项处于合规（含不适用）、违规、未知的时间占比排序；没有判定的时间不计入。',
    bar: '合规 {good}%，违规 {bad}%，未知 {unknown}%',
  },
  rulebook: {
    title: '判定依据', words: '每条规则都注明出处和可信程度；「未证实」的数字没有文件依据，是规则集自己的建议值。', kind: { checklist: '检查清单', limits: '限值标准' },
    rules: '{n} 条规则', regions: '适用区域 {list}', unsure: '{n} 条未证实', hash: '内容哈希', source: '原文', valid: '有效期 {from} 至 {to}', figures: '数字与参数',
    confidence: { confirmed: '已核对原文', reported: '据转引', unconfirmed: '未证实' },
  },
  notice: {
    title: '通知', none: '这条告警没有应发的通知。', transition: '事由', receiver: '接收人', channel: '渠道', fate: '结果', attempts: '尝试次数', answer: '对方回应',
    fates: { pending: '待发送', sent: '已发送', merged: '合并发送', deferred: '推迟', failed: '失败', 'fallen-back': '改走备用渠道' },
  },
  state: { COMPLIANT: '合规', VIOLATION: '违规', UNKNOWN: '未知', NOT_APPLICABLE: '不适用' },
  stateLong: {
    COMPLIANT: '全部合规', VIOLATION: '存在违规', UNKNOWN: '数据不足，不能判定', NOT_APPLICABLE: '当前不适用',
  },
  item: {
    enclosure: '围挡', coverage: '覆盖', washing: '冲洗', hardening: '硬化', 'sealed-transport': '密闭运输',
    'wet-work': '湿法作业', video: '视频监控', particulates: '颗粒物', restrictions: '管控禁令', devices: '设备',
  },
  mark: {
    enclosure: '围挡', coverage: '覆盖', washing: '冲洗', hardening: '硬化', 'sealed-transport': '密闭', 'wet-work': '湿法', video: '视频', particulates: '颗粒物', restrictions: '管控',
  },
  itemLong: {
    enclosure: '工地周边 100% 围挡', coverage: '裸土物料 100% 覆盖', washing: '出场车辆 100% 冲洗',
    hardening: '场地道路 100% 硬化', 'sealed-transport': '渣土运输 100% 密闭', 'wet-work': '土方拆除 100% 湿法作业',
    video: '视频监控 100% 安装', particulates: '颗粒物浓度限值', restrictions: '停工与限行命令',
  },
  sites: {
    title: '全部工地', count: '{n} 个工地', since: '自 {at} 起', lasting: '已 {span}', open: '{n} 条未结告警',
    unacknowledged: '{n} 条待确认', empty: '尚未登记工地。', search: '按名称或编号查找', quiet: '没有未结告警',
    marks: '七个百分之百', beside: '另判',
  },
  site: {
    seven: '七个百分之百', beside: '颗粒物与管控', share: '达标比例', capture: '数据完整率 {n}%',
    why: '为什么不是绿色', todo: '怎么办', since: '自 {at}', lasting: '已 {span}', known: '已知 {low}%，最高可能 {high}%',
    alarms: '未结告警', noAlarms: '目前没有未结告警。', passages: '今日车辆进出', cameras: '摄像头', devices: '设备',
    chart: '{quantity} · 过去 24 小时', works: '计划作业', contractor: '施工', owner: '建设', supervision: '监理',
    rulebooks: '判定依据', rules: '逐条规则', at: '判定时刻 {at}', notFound: '没有编号为 {site} 的工地。', back: '全部工地',
    more: '还有 {n} 项原因', noItems: '尚无判定',
  },
  chart: {
    fine: '细线', hourly: '判定均值（{period}）', background: '区域背景', limit: '限值', unit: { pm: 'µg/m³', noise: 'dB(A)' },
    limitOver: '限值 = 背景{cap} + {limit}', cap: '（最高按 {cap} 计）', limitIs: '限值 {limit}', allowed: '每日允许超标 {n} 次',
    ofMeans: '按 {period} 均值判定', none: '这段时间没有数据。', table: '查看数据表', time: '时间', noLimit: '本工地对该项没有适用限值。',
    quantity: { pm10: 'PM10', pm25: 'PM2.5', tsp: 'TSP', noise: '噪声' }, label: '均值曲线图',
    period: { PT1M: '1 分钟', PT5M: '5 分钟', PT15M: '15 分钟', PT1H: '1 小时', PT24H: '24 小时', P1D: '1 天' },
  },
  passage: {
    time: '时间', plate: '车牌', direction: '方向', vehicle: '车型', washed: '冲洗', covered: '密闭', gate: '大门',
    in: '进场', out: '出场', noPlate: '未识别', empty: '今天还没有车辆记录。',
    verdict: { passed: '合格', failed: '不合格', unknown: '未知', 'not-counted': '不计' },
    type: { truck: '货车', mixer: '搅拌车', 'other-heavy': '其他重型车', car: '小汽车' },
    wheels: { clean: '车轮干净', dirty: '车轮带泥', unknown: '车轮情况未知' }, seconds: '冲洗 {n} 秒', pumpOff: '水泵未开', bypass: '绕行',
    open: '未苫盖', sealed: '已苫盖', overfull: '超出栏板', coverUnknown: '苫盖未知', unloaded: '空车',
    filter: { out: '只看出场', all: '全部' },
  },
  camera: {
    online: '在线', offline: '离线', recording: '录像中', notRecording: '未录像', blocked: '被遮挡', moved: '被挪动', unknown: '未知', empty: '没有登记摄像头。',
    never: '从未上报',
  },
  device: {
    device: '设备', kind: '类型', last: '最近上报', lag: '延迟', clock: '时钟', rejections: '拒收', findings: '数据疑点', state: '状态', every: '每 {span}',
    kinds: { monitor: '扬尘监测仪', camera: '摄像头', gate: '洗车台', 'unit-sensor': '单元传感器', spray: '喷淋', activity: '作业识别' },
    states: { reporting: '正常上报', silent: '无上报', offline: '已离线', never: '从未上报' },
    clocks: { good: '准确', ahead: '偏快', behind: '偏慢', skewed: '偏差', none: '无时钟', unknown: '未知' },
  },
  alarm: {
    title: '告警', raised: '发生于 {at}', returned: '恢复于 {at}', occurrences: '第 {n} 次', peak: '峰值 {peak}', limit: '限值 {limit}', empty: '没有符合条件的告警。',
    acknowledge: '确认', more: '处理……', details: '详情', one: '告警', history: '经过', notFound: '没有编号为 {id} 的告警。', shelvedUntil: '搁置到 {at}', evidence: '证据包', by: '{person} 已确认', filter: { state: '状态', item: '项目', site: '工地', all: '全部', open: '未结' },
    state: {
      raised: '待确认', acknowledged: '已确认', rectified: '已报整改', verified: '已核验', returned: '已恢复', shelved: '已搁置', suppressed: '被抑制',
      'out-of-service': '停用', closed: '已结',
    },
    step: {
      raised: '发生', acknowledged: '已确认', rectified: '报告已整改', verified: '核验通过', returned: '恢复正常', shelved: '搁置', suppressed: '被抑制', 'out-of-service': '停用',
      closed: '结案', occurrence: '再次发生', comment: '备注', escalated: '升级', waived: '豁免',
    },
    priority: { high: '高', medium: '中', low: '低' }, priorityWord: '优先级', subject: '对象',
    act: { acknowledge: '确认告警', rectify: '报告已整改', verify: '核验通过', shelve: '搁置', comment: '备注' },
    person: '您的姓名', personHint: '只问一次，保存在本机浏览器中。', text: '说明', until: '搁置到', send: '提交', cancel: '取消', which: '要做什么',
    refused: '未被接受：{detail}', defaultText: { acknowledge: '已知悉，正在处理。', rectify: '已整改。', verify: '现场核验合格。', shelve: '', comment: '' },
  },
  span: { s: '{n} 秒', min: '{n} 分钟', h: '{n} 小时', d: '{n} 天' },
  period: { PT1M: '1 分钟', PT5M: '5 分钟', PT10M: '10 分钟', PT15M: '15 分钟', PT30M: '30 分钟', PT1H: '1 小时', PT24H: '24 小时', P1D: '1 天' },
  rejection: {
    'not-json': '不是 JSON', 'not-utf8': '不是 UTF-8', 'too-large': '过大', 'too-many': '条数过多', 'unknown-site': '未登记的工地', 'unknown-device': '未登记的设备', 'wrong-topic': '主题不对',
    'wrong-type': '类型不对', 'missing-field': '缺少字段', 'out-of-range': '超出范围', 'time-future': '时间在将来', 'time-ancient': '时间过旧', duplicate: '重复', conflict: '前后矛盾',
    malformed: '报文格式错误', length: '长度不符', crc: '校验错误', 'unknown-mn': '未登记的 MN', 'bad-password': '密码不对', unsupported: '不支持',
  },
  finding: { 'spray-effect': '喷淋有效', 'spray-without-effect': '喷淋无明显效果', 'spray-override': '人工控制喷淋', 'frozen': '数值不变', 'flat-zero': '持续为零', 'at-range': '停在量程上限', 'copied': '与他机相同', 'jumps': '反复跳变', 'humidity-coupled': '随湿度变化', 'spray-at-inlet': '疑似喷淋采样口', 'moved-position': '位置移动', 'scale-implausible': '单位可疑', 'calibration-overdue': '校准过期', 'clock-skewed': '时钟偏差', 'clock-none': '没有可信时钟', 'clock-good': '时钟恢复准确', 'plan-contradicted': '与计划不符', gap: '编号缺失', gaps: '编号缺失' },
  term: {
    earthwork: '土方', demolition: '拆除', haulage: '渣土运输', cutting: '切割', loading: '装卸', rain: '下雨', frost: '冰冻', ice: '结冰', wind: '大风', night: '夜间无许可', order: '管控命令', pollution: '重污染预警',
    offline: '离线', 'not-recording': '未录像', blocked: '被遮挡', 'verification-expired': '检定过期', 'within-margin': '超标幅度在 15% 以内', red: '红色', orange: '橙色', yellow: '黄色',
  },
  works: {
    earthwork: '土方', demolition: '拆除', haulage: '渣土运输', cutting: '切割', 'ground-treatment': '地基处理', foundation: '基础', structure: '主体', decoration: '装修',
    loading: '装卸',
  },
};
