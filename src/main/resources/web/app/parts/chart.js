// Means of one quantity over 24 h against what the site's rule judges: limit and background.
import { h, ref, shallowRef, reactive, onMounted, onBeforeUnmount, watch } from 'vue';
import { get } from '../api.js';
import { t, language } from '../words.js';
import { seconds, number, clock } from '../format.js';
import { now, shift, darkNow, playing } from '../store.js';

const fines = ['PT1M', 'PT5M', 'PT15M'];
const quantities = ['pm10', 'pm25', 'tsp', 'noise'];
const particulates = ['pm10', 'tsp', 'pm25'];
const hues = {
  light: ['#1f5f8b', '#8a5a13', '#5b4a9c', '#2d6f6a'],
  dark: ['#7db8e8', '#e3b263', '#b5a5f0', '#7fd0c8'],
};

// The wall clock as if it were UTC, so that the axis shows the site's time in any browser's zone.
const wall = (time) => Date.parse(`${time.slice(0, 19)}Z`);
const byDevice = (points) => {
  const found = new Map();
  for (const point of points || []) {
    if (!found.has(point.device)) found.set(point.device, []);
    found.get(point.device).push(point);
  }
  return [...found].sort(([a], [b]) => a.localeCompare(b));
};

// A gap in the means is a gap in the line.
function withGaps(points, stepMs) {
  const line = [];
  points.forEach((point, i) => {
    const at = wall(point.t);
    if (i > 0 && at - line[line.length - 1][0] > stepMs * 1.5)
      line.push([line[line.length - 1][0] + stepMs, null]);
    line.push([at, point.mean === undefined ? null : point.mean]);
  });
  return line;
}

// Each mean stands for its whole period: drawn as a step, ended at the period's end.
function steps(points, stepMs) {
  const line = [];
  for (const [at, value] of withGaps(points, stepMs)) {
    if (value === null) line.push([at, null]);
    else line.push([at, value], [at + stepMs, value]);
  }
  return line;
}

function limitLine(limit, hourly, background, from, to, stepMs) {
  if (limit.over !== 'background')
    return [
      [from, limit.limit],
      [to, limit.limit],
    ];
  const line = [];
  for (const point of background) {
    const least = Math.min(point.mean, limit.cap === undefined ? Infinity : limit.cap) + limit.limit;
    line.push([wall(point.t), least], [wall(point.t) + stepMs, least]);
  }
  return line;
}

// What the site's rules limit is looked at first; where none is, PM10.
async function limited(site, to) {
  const from = shift(to, -3600000);
  for (const quantity of particulates) {
    const said = await get(`/sites/${site}/series`, { quantity, from, to, period: 'PT1H' }).catch(() => ({}));
    if ((said.limits || []).length) return quantity;
  }
  return particulates[0];
}

export const Chart = {
  props: ['site'],
  setup(props) {
    const box = ref(null);
    const fine = ref('PT5M');
    const quantity = ref('');
    const said = shallowRef(null);
    const state = reactive({ failed: '' });
    let chart;
    let echarts;
    let timer;
    const observer = new ResizeObserver(() => chart && chart.resize());

    async function load() {
      const to = now.value;
      if (!to) return;
      if (!quantity.value) quantity.value = await limited(props.site, to);
      const from = shift(to, -86400000);
      const ask = (period) =>
        get(`/sites/${props.site}/series`, { quantity: quantity.value, from, to, period });
      try {
        const thin = await ask(fine.value);
        const judged = (thin.limits && thin.limits[0] && thin.limits[0].period) || 'PT1H';
        const bold = await ask(judged);
        said.value = { from, to, thin, bold, judged, quantity: quantity.value };
        state.failed = '';
        draw();
      } catch (e) {
        state.failed = e.message;
      }
    }

    function draw() {
      if (!echarts || !box.value || !said.value) return;
      if (!chart) {
        chart = echarts.init(box.value, null, { renderer: 'canvas' });
        observer.observe(box.value);
      }
      chart.setOption(option(said.value, fine.value), { notMerge: true });
    }

    onMounted(async () => {
      const [library] = await Promise.all([import('echarts'), load()]);
      echarts = library;
      draw();
      let beats = 0;
      timer = setInterval(() => {
        beats += 1;
        if (playing.value || beats % 6 === 0) load();
      }, 5000);
    });
    onBeforeUnmount(() => {
      clearInterval(timer);
      observer.disconnect();
      if (chart) chart.dispose();
    });
    watch([fine, quantity, () => props.site], load);
    watch(() => Boolean(now.value), load);
    watch([language, darkNow], draw);

    const choice = (value, chosen, word) =>
      h(
        'button',
        {
          'aria-pressed': String(chosen.value === value),
          onClick: () => {
            chosen.value = value;
          },
        },
        word,
      );
    return () => {
      const empty = said.value && said.value.thin.points.length === 0 && said.value.bold.points.length === 0;
      return h('section', { class: 'panel chart-panel' }, [
        h('header', [
          h('h2', t('site.chart', { quantity: t(`chart.quantity.${quantity.value || particulates[0]}`) })),
          h(
            'div',
            { class: 'choices', role: 'group' },
            quantities.map((q) => choice(q, quantity, t(`chart.quantity.${q}`))),
          ),
          h(
            'div',
            { class: 'choices', role: 'group', 'aria-label': t('chart.fine') },
            fines.map((p) => choice(p, fine, t(`chart.period.${p}`))),
          ),
        ]),
        state.failed ? h('p', { class: 'refused' }, t('failed', { detail: state.failed })) : null,
        said.value ? h('p', { class: 'limit-words' }, limitWords(said.value)) : null,
        h('div', { class: 'chart', ref: box, role: 'img', 'aria-label': t('chart.label') }),
        empty ? h('p', { class: 'empty' }, t('chart.none')) : null,
        said.value && !empty ? table(said.value) : null,
      ]);
    };
  },
};

function limitWords({ bold, thin, judged }) {
  const limits = bold.limits || thin.limits || [];
  if (limits.length === 0) return t('chart.noLimit');
  return limits
    .map((limit) => {
      const what =
        limit.over === 'background'
          ? t('chart.limitOver', {
              limit: number(limit.limit),
              cap: limit.cap === undefined ? '' : t('chart.cap', { cap: number(limit.cap) }) || '',
            })
          : t('chart.limitIs', { limit: number(limit.limit) });
      const parts = [
        what.replace('?', ''),
        t('chart.ofMeans', { period: t(`chart.period.${limit.period || judged}`) }),
      ];
      if (limit.allowed !== undefined) parts.push(t('chart.allowed', { n: limit.allowed }));
      return parts.join(' · ');
    })
    .join(' ｜ ');
}

function option({ from, to, thin, bold, judged, quantity }, fine) {
  const look = getComputedStyle(document.documentElement);
  const ink = (name) => look.getPropertyValue(name).trim();
  const colours = hues[darkNow.value ? 'dark' : 'light'];
  const stepMs = seconds(judged) * 1000;
  const background = bold.background || thin.background || [];
  const series = [];
  byDevice(thin.points).forEach(([device, points], i) =>
    series.push({
      name: device,
      type: 'line',
      data: withGaps(points, seconds(fine) * 1000),
      showSymbol: false,
      color: colours[i % 4],
      lineStyle: { width: 1, opacity: 0.55 },
      z: 2,
    }),
  );
  byDevice(bold.points).forEach(([device, points], i) =>
    series.push({
      name: `${device} · ${t('chart.hourly', { period: t(`chart.period.${judged}`) })}`,
      type: 'line',
      data: steps(points, stepMs),
      showSymbol: false,
      color: colours[i % 4],
      lineStyle: { width: 2.5 },
      z: 3,
    }),
  );
  if (background.length)
    series.push({
      name: t('chart.background'),
      type: 'line',
      data: steps(background, stepMs),
      showSymbol: false,
      color: ink('--faint-ink'),
      lineStyle: { width: 1.5, type: [3, 3] },
      z: 1,
    });
  for (const limit of (bold.limits || thin.limits || []).slice(0, 2))
    series.push({
      name: t('chart.limit'),
      type: 'line',
      data: limitLine(limit, bold.points, background, wall(from), wall(to), stepMs),
      showSymbol: false,
      color: ink('--bad'),
      lineStyle: { width: 1.75, type: [8, 4] },
      z: 4,
    });
  const tooltip = (rows) => {
    const list = document.createElement('div');
    list.className = 'tip';
    const head = document.createElement('b');
    head.textContent = rows.length ? new Date(rows[0].value[0]).toISOString().slice(11, 16) : '';
    list.append(head);
    for (const row of rows) {
      if (row.value[1] === null) continue;
      const one = document.createElement('div');
      one.textContent = `${row.seriesName}  ${number(row.value[1])}`;
      list.append(one);
    }
    return list;
  };
  return {
    useUTC: true,
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: look.fontFamily },
    grid: { left: 46, right: 14, top: 30, bottom: 58 },
    legend: {
      bottom: 0,
      data: series.slice(byDevice(thin.points).length).map((each) => each.name),
      type: 'scroll',
      icon: 'roundRect',
      itemWidth: 16,
      itemHeight: 3,
      textStyle: { color: ink('--soft-ink') },
      pageTextStyle: { color: ink('--soft-ink') },
    },
    xAxis: {
      type: 'time',
      min: wall(from),
      max: wall(to),
      axisLabel: {
        color: ink('--soft-ink'),
        hideOverlap: true,
        formatter: (at) => new Date(at).toISOString().slice(11, 16),
      },
      axisLine: { lineStyle: { color: ink('--rule') } },
    },
    yAxis: {
      type: 'value',
      name: t(`chart.unit.${quantity === 'noise' ? 'noise' : 'pm'}`),
      nameTextStyle: { color: ink('--soft-ink'), align: 'left', padding: [0, 0, 0, -36] },
      nameGap: 12,
      scale: quantity === 'noise',
      axisLabel: { color: ink('--soft-ink') },
      splitLine: { lineStyle: { color: ink('--rule'), opacity: 0.6 } },
    },
    tooltip: {
      trigger: 'axis',
      renderMode: 'html',
      confine: true,
      backgroundColor: ink('--card'),
      borderColor: ink('--rule'),
      textStyle: { color: ink('--ink') },
      formatter: tooltip,
    },
    series,
  };
}

// The judged means as a table, for those who do not see the drawing.
function table({ bold, judged }) {
  const devices = byDevice(bold.points).map(([device]) => device);
  const rows = new Map();
  for (const point of bold.points)
    rows.set(point.t, { ...(rows.get(point.t) || {}), [point.device]: point.mean });
  const background = new Map((bold.background || []).map((point) => [Date.parse(point.t), point.mean]));
  return h('details', [
    h('summary', `${t('chart.table')} (${t(`chart.period.${judged}`)})`),
    h(
      'div',
      { class: 'scroll short' },
      h('table', { class: 'plain' }, [
        h(
          'thead',
          h(
            'tr',
            [t('chart.time'), ...devices, t('chart.background')].map((name) =>
              h('th', { scope: 'col' }, name),
            ),
          ),
        ),
        h(
          'tbody',
          [...rows]
            .sort(([a], [b]) => (a < b ? 1 : -1))
            .slice(0, 200)
            .map(([time, values]) =>
              h('tr', [
                h('th', { scope: 'row' }, clock(time)),
                ...devices.map((device) => h('td', number(values[device]))),
                h('td', number(background.get(Date.parse(time)))),
              ]),
            ),
        ),
      ]),
    ),
  ]);
}
