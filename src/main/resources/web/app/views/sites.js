// All sites, worst first, each with its nine marks.
import { h, reactive, ref, onMounted, onBeforeUnmount } from 'vue';
import { get } from '../api.js';
import { listen, whenBack } from '../live.js';
import { t, named, language } from '../words.js';
import { moment, span } from '../format.js';
import { now } from '../store.js';
import { stateIcon, stateBadge } from '../parts/icons.js';
import { failure, loading } from '../parts/shell.js';

export const seven = [
  'enclosure',
  'coverage',
  'washing',
  'hardening',
  'sealed-transport',
  'wet-work',
  'video',
];
export const beside = ['particulates', 'restrictions'];
export const worst = ['VIOLATION', 'UNKNOWN', 'COMPLIANT', 'NOT_APPLICABLE'];

const worstOf = (items) => worst.find((state) => items.some((item) => item.state === state)) || 'UNKNOWN';
const rank = (site) => worst.indexOf(site.state);

const mark = (site, name) => {
  const item = (site.items || []).find((each) => each.item === name) || { state: 'UNKNOWN' };
  const words = `${t(`item.${name}`)}: ${t(`state.${item.state}`)}`;
  return h('li', { class: ['mark', item.state], title: words }, [
    stateIcon(item.state),
    h('span', { 'aria-hidden': 'true' }, t(`mark.${name}`)),
    h('span', { class: 'hidden' }, words),
  ]);
};

function card(site) {
  const alarms = site.alarms || { open: 0, unacknowledged: 0 };
  return h(
    'li',
    { key: site.site },
    h('a', { class: ['card', site.state], href: `#/sites/${site.site}` }, [
      h('header', [h('h2', [named(site.name, site.site), h('small', site.site)]), stateBadge(site.state)]),
      h('p', { class: 'facts' }, [
        h(
          'span',
          site.since
            ? [
                t('sites.since', { at: moment(site.since, now.value) }),
                now.value ? ` · ${t('sites.lasting', { span: span(site.since, now.value) })}` : '',
              ]
            : '',
        ),
        h(
          'span',
          { class: { loud: alarms.unacknowledged > 0 } },
          alarms.open
            ? [
                t('sites.open', { n: alarms.open }),
                alarms.unacknowledged ? ` · ${t('sites.unacknowledged', { n: alarms.unacknowledged })}` : '',
              ]
            : t('sites.quiet'),
        ),
      ]),
      h(
        'ul',
        { class: 'marks', 'aria-label': t('sites.marks') },
        seven.map((name) => mark(site, name)),
      ),
      h(
        'ul',
        { class: 'marks beside', 'aria-label': t('sites.beside') },
        beside.map((name) => mark(site, name)),
      ),
    ]),
  );
}

export const Sites = {
  setup() {
    const state = reactive({ sites: [], next: '', failed: '', ready: false });
    const wanted = ref('');
    let soon;

    async function load() {
      try {
        const page = await get('/sites', { limit: Math.min(1000, Math.max(100, state.sites.length)) });
        state.sites = page.items;
        state.next = page.next || '';
        state.failed = '';
      } catch (e) {
        state.failed = e.message;
      }
      state.ready = true;
    }
    async function more() {
      const page = await get('/sites', { cursor: state.next });
      state.sites.push(...page.items);
      state.next = page.next || '';
    }
    function verdict(said) {
      if (said.rule) return;
      const site = state.sites.find((each) => each.site === said.site);
      if (!site) return;
      const before = (site.items || []).find((each) => each.item === said.item) || {};
      const since = said.since || (before.state === said.state ? before.since : said.at);
      site.items = (site.items || [])
        .filter((each) => each.item !== said.item)
        .concat({ item: said.item, state: said.state, since });
      const after = worstOf(site.items);
      if (after !== site.state) site.since = said.at;
      site.state = after;
    }
    const reload = () => {
      clearTimeout(soon);
      soon = setTimeout(load, 1500);
    };
    const ends = [listen('verdict', verdict), listen('alarm', reload), whenBack(load)];
    onMounted(load);
    onBeforeUnmount(() => {
      clearTimeout(soon);
      ends.forEach((end) => end());
    });

    const counts = () =>
      h(
        'div',
        { class: 'counts-strip', role: 'status' },
        worst.map((each) => {
          const n = state.sites.filter((site) => site.state === each).length;
          return h('span', { class: ['count', each, { zero: n === 0 }] }, [
            stateIcon(each),
            h('b', n),
            t(`state.${each}`),
          ]);
        }),
      );
    return () => {
      const text = wanted.value.trim().toLowerCase();
      const list = state.sites.filter(
        (site) =>
          !text ||
          `${site.site} ${site.name && site.name.zh} ${site.name && site.name.en} ${site.region}`
            .toLowerCase()
            .includes(text),
      );
      list.sort((a, b) => rank(a) - rank(b) || named(a.name).localeCompare(named(b.name), language.value));
      return h('div', [
        h('div', { class: 'heading' }, [
          h('h1', [t('sites.title'), h('small', t('sites.count', { n: state.sites.length }))]),
          counts(),
          h('input', {
            type: 'search',
            class: 'search',
            placeholder: t('sites.search'),
            'aria-label': t('sites.search'),
            value: wanted.value,
            onInput: (e) => {
              wanted.value = e.target.value;
            },
          }),
        ]),
        state.failed ? failure(state.failed, load) : null,
        !state.ready
          ? loading()
          : list.length === 0
            ? h('p', { class: 'empty' }, t('sites.empty'))
            : h('ul', { class: 'cards' }, list.map(card)),
        state.next ? h('button', { onClick: more }, t('more')) : null,
      ]);
    };
  },
};
