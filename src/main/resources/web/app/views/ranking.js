// Sites compared: the share of time in which their seven items were in order, in violation, not known.
import { h, reactive, onMounted, watch } from 'vue';
import { all, get } from '../api.js';
import { t, named } from '../words.js';
import { percent, percentUp, breakable } from '../format.js';
import { now, shift } from '../store.js';
import { failure, loading } from '../parts/shell.js';

const stretches = { day: 1, week: 7, month: 30 };

// Every node of every region path that the login sees, from the largest down.
const regionsOf = (sites) => [
  ...new Set(sites.flatMap((site) => site.region.split('/').map((_, i, path) => path.slice(0, i + 1).join('/')))),
];

const bar = (line) =>
  h('div', { class: 'share-bar', role: 'img', 'aria-label': t('ranking.bar', {
    good: percent(line.share), bad: percentUp(line.violation), unknown: percentUp(line.unknown),
  }) }, [
    h('i', { class: 'low', style: { width: `${line.share * 100}%` } }),
    h('i', { class: 'bad', style: { width: `${line.violation * 100}%` } }),
    h('i', { class: 'may', style: { width: `${line.unknown * 100}%` } }),
  ]);

const row = (line) =>
  h('tr', { key: line.site }, [
    h('td', { 'data-label': t('ranking.rank') }, h('b', line.rank)),
    h('td', { 'data-label': t('ranking.site') }, [
      h('a', { href: `#/sites/${line.site}` }, named(line.name, line.site)),
      h('small', ` ${breakable(line.region)}`),
    ]),
    h('td', { class: 'wide', 'data-label': t('ranking.shares') }, bar(line)),
    h('td', { 'data-label': t('ranking.share') }, `${percent(line.share)} %`),
    h('td', { 'data-label': t('ranking.violation') }, `${percentUp(line.violation)} %`),
    h('td', { 'data-label': t('ranking.unknown') }, `${percentUp(line.unknown)} %`),
  ]);

export const Ranking = {
  props: ['start'],
  setup(props) {
    const wanted = reactive({ region: props.start.region || '', stretch: 'week' });
    const state = reactive({ lines: [], regions: [], ready: false, failed: '' });

    async function load() {
      const to = now.value || (await get('/status')).now;
      try {
        const from = shift(to, -86400000 * stretches[wanted.stretch]);
        state.lines = await all('/ranking', { region: wanted.region, from, to });
        state.failed = '';
      } catch (e) {
        state.failed = e.message;
      }
      state.ready = true;
    }
    watch(wanted, load);
    onMounted(async () => {
      load();
      state.regions = regionsOf(await all('/sites').catch(() => []));
    });

    return () =>
      h('div', [
        h('div', { class: 'heading' }, [
          h('h1', [t('ranking.title'), h('small', t('sites.count', { n: state.lines.length }))]),
          h('div', { class: 'filters' }, [
            h('label', [
              h('span', t('ranking.region')),
              h(
                'select',
                {
                  value: wanted.region,
                  onChange: (e) => {
                    wanted.region = e.target.value;
                  },
                },
                ['', ...state.regions].map((region) =>
                  h('option', { value: region, selected: wanted.region === region }, region || t('alarm.filter.all')),
                ),
              ),
            ]),
            h(
              'div',
              { class: 'choices', role: 'group', 'aria-label': t('ranking.stretch') },
              Object.keys(stretches).map((name) =>
                h(
                  'button',
                  {
                    'aria-pressed': String(wanted.stretch === name),
                    onClick: () => {
                      wanted.stretch = name;
                    },
                  },
                  t(`ranking.stretches.${name}`),
                ),
              ),
            ),
          ]),
        ]),
        h('p', { class: 'facts words' }, t('ranking.words')),
        state.failed ? failure(state.failed, load) : null,
        !state.ready
          ? loading()
          : state.lines.length === 0
            ? h('p', { class: 'empty' }, t('sites.empty'))
            : h('section', { class: 'panel ranking' }, [
                h('table', { class: 'rows' }, [
                  h('caption', { class: 'hidden' }, t('ranking.title')),
                  h(
                    'thead',
                    h(
                      'tr',
                      ['rank', 'site', 'shares', 'share', 'violation', 'unknown'].map((name) =>
                        h('th', { scope: 'col' }, t(`ranking.${name}`)),
                      ),
                    ),
                  ),
                  h('tbody', state.lines.map(row)),
                ]),
              ]),
      ]);
  },
};
