// Alarms of all sites, filtered by state, item and site.
import { h, reactive, onMounted, onBeforeUnmount, watch } from 'vue';
import { get, all } from '../api.js';
import { listen, whenBack } from '../live.js';
import { t, named } from '../words.js';
import { alarmCard } from '../parts/alarm.js';
import { failure, loading } from '../parts/shell.js';
import { seven, beside } from './sites.js';

const states = [
  'open',
  '',
  'raised',
  'acknowledged',
  'rectified',
  'verified',
  'returned',
  'shelved',
  'suppressed',
  'out-of-service',
  'closed',
];
const items = ['', ...seven, ...beside, 'devices'];

export const Alarms = {
  props: ['start'],
  setup(props) {
    const wanted = reactive({
      state: props.start.state ?? 'open',
      item: props.start.item || '',
      site: props.start.site || '',
    });
    const state = reactive({ alarms: [], next: '', sites: [], ready: false, failed: '' });
    let soon;

    async function load() {
      try {
        const page = await get('/alarms', { ...wanted, limit: 100 });
        state.alarms = page.items;
        state.next = page.next || '';
        state.failed = '';
      } catch (e) {
        state.failed = e.message;
      }
      state.ready = true;
    }
    async function more() {
      const page = await get('/alarms', { ...wanted, limit: 100, cursor: state.next });
      state.alarms.push(...page.items);
      state.next = page.next || '';
    }
    const reload = () => {
      clearTimeout(soon);
      soon = setTimeout(load, 1000);
    };
    const ends = [listen('alarm', reload), whenBack(load)];
    watch(wanted, load);
    onMounted(async () => {
      load();
      state.sites = await all('/sites').catch(() => []);
    });
    onBeforeUnmount(() => {
      clearTimeout(soon);
      ends.forEach((end) => end());
    });

    const pick = (key, values, word) =>
      h('label', [
        h('span', t(`alarm.filter.${key}`)),
        h(
          'select',
          {
            value: wanted[key],
            onChange: (e) => {
              wanted[key] = e.target.value;
            },
          },
          values.map((value) => h('option', { value, selected: wanted[key] === value }, word(value))),
        ),
      ]);
    const siteName = (id) => id === 'region' ? t('alarm.region') : named((state.sites.find((site) => site.site === id) || {}).name, id);
    const alls = () => t('alarm.filter.all');
    return () =>
      h('div', [
        h('div', { class: 'heading' }, [
          h('h1', [
            t('alarm.title'),
            h('small', state.next ? `${state.alarms.length}+` : state.alarms.length),
          ]),
          h('a', { href: '#/figures' }, t('figures.title')),
          h('div', { class: 'filters' }, [
            pick('state', states, (value) =>
              value === '' ? alls() : value === 'open' ? t('alarm.filter.open') : t(`alarm.state.${value}`),
            ),
            pick('item', items, (value) => (value ? t(`item.${value}`) : alls())),
            pick('site', ['', ...state.sites.map((site) => site.site), 'region'], (value) =>
              value ? siteName(value) : alls(),
            ),
          ]),
        ]),
        state.failed ? failure(state.failed, load) : null,
        !state.ready
          ? loading()
          : state.alarms.length === 0
            ? h('p', { class: 'empty' }, t('alarm.empty'))
            : h(
                'div',
                { class: 'alarms' },
                state.alarms.map((alarm) => alarmCard(alarm, { site: siteName(alarm.site), changed: load })),
              ),
        state.next ? h('button', { onClick: more }, t('more')) : null,
      ]);
  },
};
