// One site: open alarms, the tiles, the chart, passages, cameras, devices; kept fresh by the live stream.
import { h, reactive, onMounted, onBeforeUnmount } from 'vue';
import { get, all } from '../api.js';
import { listen, whenBack } from '../live.js';
import { t, named } from '../words.js';
import { moment, span, breakable } from '../format.js';
import { now, setNow } from '../store.js';
import { stateBadge } from '../parts/icons.js';
import { failure, loading } from '../parts/shell.js';
import { Tile } from '../parts/tile.js';
import { Chart } from '../parts/chart.js';
import { Passages } from '../parts/passages.js';
import { cameras, deviceTable } from '../parts/devices.js';
import { alarmCard } from '../parts/alarm.js';
import { Filings } from '../parts/filings.js';
import { shadowRules } from '../parts/rules.js';
import { seven, beside, worst } from './sites.js';

// Runs at once, then at most once in `pause` however often it is asked for.
function paced(run, pause) {
  let last = 0;
  let timer;
  const call = () => {
    if (timer) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        last = Date.now();
        run();
      },
      Math.max(0, last + pause - Date.now()),
    );
  };
  call.stop = () => clearTimeout(timer);
  return call;
}

const party = (word, who) =>
  who && who.name ? h('span', [h('b', t(`site.${word}`)), ' ', named(who.name)]) : null;

function head(site, checklist) {
  const state = checklist ? checklist.state : site.state;
  const works = (site.phase && site.phase.works) || [];
  return h('header', { class: ['site-head', state] }, [
    h('a', { class: 'back', href: '#/' }, `← ${t('site.back')}`),
    h('div', { class: 'site-title' }, [
      h('h1', [named(site.name, site.site), h('small', `${site.site} · ${breakable(site.region)}`)]),
      stateBadge(state),
    ]),
    h('p', { class: 'facts' }, [
      h('span', { class: 'lead' }, [
        t(`stateLong.${state}`),
        site.since && now.value
          ? ` · ${t('site.since', { at: moment(site.since, now.value) })} · ${t('site.lasting', { span: span(site.since, now.value) })}`
          : '',
      ]),
      works.length
        ? h('span', [h('b', t('site.works')), ' ', works.map((work) => t(`works.${work}`)).join(' · ')])
        : null,
      party('contractor', site.contractor),
      party('owner', site.owner),
      party('supervision', site.supervision),
      checklist && checklist.rulebooks
        ? h('span', { title: checklist.rulebooks.map((book) => `${book.id} ${book.hash}`).join('\n') }, [
            h('b', t('site.rulebooks')),
            ' ',
            checklist.rulebooks.map((book) => book.id).join(', '),
          ])
        : null,
    ]),
  ]);
}

const tiles = (checklist, names) =>
  h(
    'div',
    { class: ['tiles', { pair: names.length < 7 }] },
    names.map((name) =>
      h(Tile, {
        key: name,
        item: checklist.items.find((item) => item.item === name) || {
          item: name,
          state: 'UNKNOWN',
          reasons: [],
        },
      }),
    ),
  );

const panel = (title, body, count) =>
  h('section', { class: 'panel' }, [
    h('header', [h('h2', [title, count === undefined ? null : h('small', count)])]),
    body,
  ]);

export const Site = {
  props: ['site'],
  setup(props) {
    const state = reactive({
      site: null,
      checklist: null,
      devices: [],
      passages: [],
      alarms: [],
      failed: '',
      missing: false,
    });
    const path = `/sites/${encodeURIComponent(props.site)}`;

    const part = (name, ask) => async () => {
      try {
        state[name] = await ask();
        state.failed = '';
      } catch (problem) {
        if (problem.status === 404 && name === 'site') state.missing = true;
        else state.failed = problem.message;
      }
    };
    const parts = {
      site: part('site', () => get(path)),
      checklist: part('checklist', async () => {
        const said = await get(`${path}/checklist`);
        setNow(said.at);
        return said;
      }),
      devices: part('devices', () => all(`${path}/devices`)),
      passages: part('passages', () => all(`${path}/passages`)),
      alarms: part('alarms', () => all('/alarms', { site: props.site, state: 'open' }, 300)),
    };
    const load = () => Promise.all(Object.values(parts).map((run) => run()));
    const paces = {
      alarms: paced(parts.alarms, 1500),
      passages: paced(parts.passages, 2500),
      devices: paced(parts.devices, 10000),
      checklist: paced(parts.checklist, 30000),
    };

    function verdict(said) {
      if (said.site !== props.site || said.rule || !state.checklist) return;
      const items = state.checklist.items;
      const at = items.findIndex((item) => item.item === said.item);
      const before = at < 0 ? {} : items[at];
      const item = {
        ...before,
        ...said,
        since: said.since || (before.state === said.state ? before.since : said.at),
      };
      if (at < 0) items.push(item);
      else items[at] = item;
      state.checklist.at = said.at;
      const after = worst.find((each) => items.some((one) => one.state === each));
      if (after !== state.checklist.state) parts.site();
      state.checklist.state = after;
      if (said.item === 'washing' || said.item === 'sealed-transport') paces.passages();
    }
    function reading(said) {
      if (said.site !== props.site) return;
      const device = state.devices.find((each) => each.device === said.device);
      if (device) Object.assign(device, { lastReport: said.ts, state: 'reporting' });
      paces.devices();
    }
    const ends = [
      listen('verdict', verdict),
      listen('reading', reading),
      whenBack(load),
      listen('alarm', (said) => said.site === props.site && (paces.alarms(), paces.passages())),
    ];
    const regular = setInterval(() => {
      paces.devices();
      paces.checklist();
      paces.passages();
    }, 30000);
    onMounted(load);
    onBeforeUnmount(() => {
      clearInterval(regular);
      ends.forEach((end) => end());
      Object.values(paces).forEach((pace) => pace.stop());
    });

    return () => {
      if (state.missing)
        return h('p', { class: 'empty' }, [
          t('site.notFound', { site: props.site }),
          ' ',
          h('a', { href: '#/' }, t('site.back')),
        ]);
      if (!state.site) return state.failed ? failure(state.failed, load) : loading();
      return h('div', { class: 'site' }, [
        head(state.site, state.checklist),
        state.failed ? failure(state.failed, load) : null,
        state.alarms.length
          ? panel(
              t('site.alarms'),
              h(
                'div',
                { class: 'alarms' },
                state.alarms.map((alarm) => alarmCard(alarm, { changed: paces.alarms })),
              ),
              state.alarms.length,
            )
          : h('p', { class: 'calm' }, t('site.noAlarms')),
        h('h2', { class: 'group' }, t('site.seven')),
        state.checklist ? tiles(state.checklist, seven) : loading(),
        h('h2', { class: 'group' }, t('site.beside')),
        state.checklist ? tiles(state.checklist, beside) : loading(),
        state.checklist && (state.checklist.more || []).length
          ? [
              h('h2', { class: 'group' }, t('site.moreItems')),
              h('p', { class: 'facts' }, t('site.moreWords')),
              tiles({ items: state.checklist.more }, state.checklist.more.map((item) => item.item)),
            ]
          : null,
        h(Chart, { site: props.site }),
        panel(t('site.passages'), h(Passages, { passages: state.passages })),
        h(Filings, {
          site: props.site,
          devices: state.devices,
          units: state.site.units || [],
          rules: state.checklist ? state.checklist.items.flatMap((item) => (item.rules || []).map((rule) => rule.rule)) : [],
        }),
        state.checklist && (state.checklist.shadow || []).length ? shadowRules(state.checklist.shadow) : null,
        panel(t('site.cameras'), cameras(state.devices)),
        panel(t('site.devices'), deviceTable(state.devices), state.devices.length),
      ]);
    };
  },
};
