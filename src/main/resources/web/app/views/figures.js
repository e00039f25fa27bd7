// How alarms were handled, by site and by person, against the targets of EEMUA 191 and ISA-18.2.
import { h, reactive, onMounted, watch } from 'vue';
import { get, all } from '../api.js';
import { t, named } from '../words.js';
import { number, percentUp, spanOf } from '../format.js';
import { now, shift } from '../store.js';
import { stateIcon } from '../parts/icons.js';
import { failure, loading } from '../parts/shell.js';

const days = { day: 1, week: 7, month: 30 };

// Within its target or not, by shape and word; a figure that has none stands alone.
const figure = (word, shown, { target, kept } = {}) =>
  h('li', { class: ['figure', kept === undefined ? '' : kept ? 'kept' : 'missed'] }, [
    h('span', t(`figures.${word}`)),
    h('strong', shown),
    target === undefined
      ? null
      : h('small', [
          stateIcon(kept ? 'COMPLIANT' : 'VIOLATION'),
          h('span', { class: 'hidden' }, t(`figures.${kept ? 'kept' : 'missed'}`)),
          t('figures.target', { target }),
        ]),
  ]);
const against = (word, value, target, show = (n) => number(n, 2)) =>
  figure(word, show(value), { target: show(target), kept: value <= target });
const share = (value) => `${percentUp(value)} %`;
const time = (times, rank) => (times && times[rank] !== undefined ? spanOf(times[rank]) : '—');

const overview = (said) =>
  h('ul', { class: 'figure-grid' }, [
    figure('raised', number(said.raised)),
    against('mean', said.perTenMinutes.mean, said.perTenMinutes.target),
    figure('max', number(said.perTenMinutes.max)),
    against('floods', said.floods.share, said.floods.target, share),
    against('standing', said.standing.count, said.standing.target),
    against('chattering', said.chattering.count, said.chattering.target),
    against('frequent', said.frequent.share, said.frequent.target, share),
    against('unauthorised', said.suppression.unauthorised, said.suppression.target),
    figure('acknowledge', `${time(said.acknowledge, 'median')} / ${time(said.acknowledge, 'p90')}`),
    figure('rectify', `${time(said.rectify, 'median')} / ${time(said.rectify, 'p90')}`),
    figure('escalated', number(said.escalated)),
    figure('shelved', number(said.shelved)),
    figure('suppressed', number(said.suppressed)),
    figure('outOfService', number(said.outOfService)),
    figure('shelvedOn', number(said.suppression.shelvedOn)),
    figure('waiversNotGranted', number(said.suppression.waiversNotGranted)),
  ]);

// The shares are proportions to aim at, not ceilings: shown beside their targets without a verdict.
const priorities = (said) =>
  h('ul', { class: 'figure-grid' }, ['high', 'medium', 'low'].map((each) => {
    const one = said.priorities[each];
    return h('li', { class: 'figure' }, [
      h('span', { class: ['priority', each] }, [h('i', { 'aria-hidden': 'true' }), t(`alarm.priority.${each}`)]),
      h('strong', [`${Math.round(one.share * 1000) / 10} %`, h('small', ` ${one.count}`)]),
      h('small', t('figures.target', { target: `${one.target * 100} %` })),
    ]);
  }));

const table = (title, names, rows) =>
  h('section', { class: 'panel' }, [
    h('header', h('h2', [title, h('small', rows.length)])),
    rows.length === 0
      ? h('p', { class: 'empty' }, t('figures.none'))
      : h('div', { class: 'scroll' }, h('table', { class: 'rows' }, [
          h('caption', { class: 'hidden' }, title),
          h('thead', h('tr', names.map((name) => h('th', { scope: 'col' }, t(`figures.${name}`))))),
          h('tbody', rows.map((cells) =>
            h('tr', cells.map((cell, i) => h('td', { 'data-label': t(`figures.${names[i]}`) }, cell))))),
        ])),
  ]);

export const Figures = {
  setup() {
    const wanted = reactive({ stretch: 'week', site: '' });
    const state = reactive({ said: null, sites: [], failed: '' });
    async function load() {
      if (!now.value) return;
      try {
        const from = shift(now.value, -days[wanted.stretch] * 86400000);
        state.said = await get('/alarms/figures', { site: wanted.site, from, to: now.value });
        state.failed = '';
      } catch (problem) {
        state.failed = problem.message;
      }
    }
    watch(wanted, load);
    watch(() => Boolean(now.value), load);
    onMounted(async () => {
      load();
      state.sites = await all('/sites').catch(() => []);
    });

    const place = (id) =>
      id === 'region' ? t('alarm.region') : named((state.sites.find((site) => site.site === id) || {}).name, id);
    const bySite = (each) => [
      each.site === 'region' ? place(each.site) : h('a', { href: `#/sites/${each.site}` }, place(each.site)),
      number(each.raised), number(each.perTenMinutes.mean, 2), share(each.floods.share), number(each.standing.count),
      number(each.chattering.count), time(each.acknowledge, 'median'), time(each.rectify, 'median'), number(each.escalated),
    ];
    const often = (each) => [
      each.site === 'region' ? place(each.site) : h('a', { href: `#/sites/${each.site}` }, place(each.site)),
      each.rule, each.subject, number(each.raised), share(each.share),
    ];
    const byReceiver = (each) => [
      each.receiver, number(each.notices), number(each.messages), number(each.perDay.mean, 1),
      h('span', { class: each.perDay.max <= each.perDay.target ? '' : 'missed' }, number(each.perDay.max)),
    ];
    const byPerson = (each) => [
      each.person,
      Object.entries(each.acts).map(([act, n]) => `${t(`alarm.step.${act}`)} ${n}`).join(' · ') || '—',
      time(each.acknowledge, 'median'), time(each.acknowledge, 'p90'), time(each.rectify, 'median'), time(each.rectify, 'p90'),
    ];
    const counts = (title, found, word) =>
      Object.keys(found).length
        ? h('p', { class: 'facts' }, [h('b', title), ...Object.entries(found).map(([key, n]) => h('span', `${t(`${word}.${key}`)} ${n}`))])
        : null;

    return () =>
      h('div', { class: 'site' }, [
        h('a', { class: 'back', href: '#/alarms' }, `← ${t('alarm.title')}`),
        h('div', { class: 'heading' }, [
          h('h1', t('figures.title')),
          h('div', { class: 'filters' }, [
            h('div', { class: 'choices', role: 'group', 'aria-label': t('ranking.stretch') },
              Object.keys(days).map((each) =>
                h('button', {
                  'aria-pressed': String(wanted.stretch === each),
                  onClick: () => { wanted.stretch = each; },
                }, t(`ranking.stretches.${each}`)))),
            h('label', [
              h('span', t('alarm.filter.site')),
              h('select', { value: wanted.site, onChange: (e) => { wanted.site = e.target.value; } },
                [h('option', { value: '' }, t('alarm.filter.all')),
                  ...state.sites.map((site) => h('option', { value: site.site }, named(site.name, site.site)))]),
            ]),
          ]),
        ]),
        h('p', { class: 'facts' }, t('figures.words')),
        state.failed ? failure(state.failed, load) : null,
        !state.said
          ? loading()
          : [
              h('section', { class: 'panel' }, [
                overview(state.said),
                counts(t('figures.waivers'), state.said.waivers, 'filing.reasons'),
                counts(t('figures.filed'), state.said.filed, 'filing.kind'),
              ]),
              h('section', { class: 'panel' }, [h('header', h('h2', t('figures.priorities'))), priorities(state.said)]),
              table(t('figures.bySite'), ['site', 'raised', 'mean', 'floods', 'standing', 'chattering', 'toAcknowledge', 'toRectify', 'escalated'],
                state.said.bySite.map(bySite)),
              table(t('figures.often'), ['site', 'rule', 'subject', 'raised', 'share'], state.said.frequent.items.map(often)),
              table(t('figures.byReceiver'), ['receiver', 'notices', 'messages', 'perDay', 'perDayMost'], state.said.byReceiver.map(byReceiver)),
              table(t('figures.byPerson'), ['person', 'acts', 'toAcknowledge', 'acknowledge90', 'toRectify', 'rectify90'],
                state.said.byPerson.map(byPerson)),
            ],
      ]);
  },
};
