// One alarm: what it is, all that happened to it, and the notices that it caused.
import { h, reactive, onMounted, onBeforeUnmount } from 'vue';
import { get, all } from '../api.js';
import { listen, whenBack } from '../live.js';
import { t, named } from '../words.js';
import { moment } from '../format.js';
import { now } from '../store.js';
import { alarmCard } from '../parts/alarm.js';
import { failure, loading } from '../parts/shell.js';

const step = (each) =>
  h('li', { class: ['step', each.transition] }, [
    h('time', { datetime: each.at }, moment(each.at, now.value)),
    h('b', t(`alarm.step.${each.transition}`)),
    each.person ? h('span', each.person) : null,
    each.level ? h('span', t('alarm.level', { n: each.level })) : null,
    each.coveredBy ? h('span', [`${t('alarm.coveredBy')} `, h('code', each.coveredBy)]) : null,
    each.until ? h('span', t('alarm.shelvedUntil', { at: moment(each.until, now.value) })) : null,
    each.text ? h('q', each.text) : null,
  ]);

const fateSign = { sent: 'good', merged: 'good', failed: 'bad', 'fallen-back': 'amber', pending: '', deferred: '' };
const notice = (each) =>
  h('tr', { key: each.id || each.channel + each.receiver + each.transition }, [
    h('td', { 'data-label': t('notice.transition') }, t(`alarm.step.${each.transition}`)),
    h('td', { 'data-label': t('notice.receiver') }, each.receiver),
    h('td', { 'data-label': t('notice.channel') }, each.channel),
    h(
      'td',
      { 'data-label': t('notice.fate') },
      h('span', { class: ['fate', fateSign[each.fate] || ''] }, t(`notice.fates.${each.fate}`)),
    ),
    h('td', { 'data-label': t('notice.attempts') }, each.attempts),
    h('td', { 'data-label': t('notice.answer') }, each.answer || '—'),
  ]);

export const Alarm = {
  props: ['alarm'],
  setup(props) {
    const state = reactive({ alarm: null, notices: [], site: null, failed: '', missing: false });
    let soon;

    async function load() {
      try {
        state.alarm = await get(`/alarms/${encodeURIComponent(props.alarm)}`);
        state.notices = await all('/notices', { alarm: props.alarm }, 500);
        if (!state.site && state.alarm.site !== 'region') state.site = await get(`/sites/${state.alarm.site}`);
        state.failed = '';
      } catch (problem) {
        if (problem.status === 404 && !state.alarm) state.missing = true;
        else state.failed = problem.message;
      }
    }
    const ends = [
      listen('alarm', (said) => {
        if (said.id !== props.alarm) return;
        clearTimeout(soon);
        soon = setTimeout(load, 500);
      }),
      whenBack(load),
    ];
    // A notice's fate is no event of the stream.
    const regular = setInterval(load, 15000);
    onMounted(load);
    onBeforeUnmount(() => {
      clearTimeout(soon);
      clearInterval(regular);
      ends.forEach((end) => end());
    });

    return () => {
      if (state.missing) return h('p', { class: 'empty' }, t('alarm.notFound', { id: props.alarm }));
      if (!state.alarm) return state.failed ? failure(state.failed, load) : loading();
      const history = [...(state.alarm.history || [])].reverse();
      return h('div', { class: 'site' }, [
        h('a', { class: 'back', href: '#/alarms' }, `← ${t('alarm.title')}`),
        h('h1', [t('alarm.one'), h('small', state.alarm.id)]),
        state.failed ? failure(state.failed, load) : null,
        alarmCard(state.alarm, {
          site: state.alarm.site === 'region' ? t('alarm.region') : named(state.site && state.site.name, state.alarm.site),
          changed: load,
          whole: true,
        }),
        h('section', { class: 'panel' }, [
          h('header', h('h2', [t('alarm.history'), h('small', history.length)])),
          h('ol', { class: 'steps' }, history.map(step)),
        ]),
        h('section', { class: 'panel' }, [
          h('header', h('h2', [t('notice.title'), h('small', state.notices.length)])),
          state.notices.length === 0
            ? h('p', { class: 'empty' }, t('notice.none'))
            : h(
                'div',
                { class: 'scroll' },
                h('table', { class: 'rows' }, [
                  h('caption', { class: 'hidden' }, t('notice.title')),
                  h(
                    'thead',
                    h(
                      'tr',
                      ['transition', 'receiver', 'channel', 'fate', 'attempts', 'answer'].map((name) =>
                        h('th', { scope: 'col' }, t(`notice.${name}`)),
                      ),
                    ),
                  ),
                  h('tbody', state.notices.map(notice)),
                ]),
              ),
        ]),
      ]);
    };
  },
};
