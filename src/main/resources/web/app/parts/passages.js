// Passages of the day: who left, washed and sealed or not.
import { h, ref } from 'vue';
import { t } from '../words.js';
import { clockSeconds } from '../format.js';
import { stateIcon } from './icons.js';

const signOf = {
  passed: 'COMPLIANT',
  failed: 'VIOLATION',
  unknown: 'UNKNOWN',
  'not-counted': 'NOT_APPLICABLE',
};

const verdict = (word, why) =>
  word
    ? h('span', { class: ['judged', word] }, [
        stateIcon(signOf[word]),
        h('span', [t(`passage.verdict.${word}`), why ? h('small', why) : null]),
      ])
    : h('span', { class: 'judged' }, '—');

function washing(p) {
  const parts = [];
  if (p.bypass) parts.push(t('passage.bypass'));
  const wash = p.wash || {};
  if (wash.pump === false) parts.push(t('passage.pumpOff'));
  else if (typeof wash.seconds === 'number')
    parts.push(t('passage.seconds', { n: Math.round(wash.seconds) }));
  if (wash.wheels) parts.push(t(`passage.wheels.${wash.wheels}`));
  return parts.join(' · ');
}

function sealing(p) {
  if (p.loaded === false) return t('passage.unloaded');
  const cover =
    p.covered === true
      ? t('passage.sealed')
      : p.covered === false
        ? t('passage.open')
        : t('passage.coverUnknown');
  return p.overfull ? `${cover} · ${t('passage.overfull')}` : cover;
}

const row = (p) =>
  h(
    'tr',
    { key: p.device + p.id + p.ts, class: { failed: p.washing === 'failed' || p.transport === 'failed' } },
    [
      h('td', { 'data-label': t('passage.time') }, clockSeconds(p.ts)),
      h(
        'td',
        { 'data-label': t('passage.plate') },
        h('span', { class: ['plate', { none: !p.plate }] }, p.plate || t('passage.noPlate')),
      ),
      h('td', { 'data-label': t('passage.direction') }, [
        h('span', { 'aria-hidden': 'true' }, p.direction === 'out' ? '→ ' : '← '),
        t(`passage.${p.direction}`),
        p.gate ? h('small', ` ${p.gate}`) : null,
      ]),
      h('td', { 'data-label': t('passage.vehicle') }, t(`passage.type.${p.vehicle || 'truck'}`)),
      h(
        'td',
        { 'data-label': t('passage.washed') },
        p.direction === 'out' ? verdict(p.washing, washing(p)) : '—',
      ),
      h(
        'td',
        { 'data-label': t('passage.covered') },
        p.direction === 'out' ? verdict(p.transport, sealing(p)) : '—',
      ),
    ],
  );

export const Passages = {
  props: ['passages'],
  setup(props) {
    const outOnly = ref(true);
    const shown = ref(12);
    return () => {
      const list = props.passages.filter((p) => !outOnly.value || p.direction === 'out');
      return h('div', [
        h(
          'div',
          { class: 'choices', role: 'group' },
          [true, false].map((only) =>
            h(
              'button',
              {
                'aria-pressed': String(outOnly.value === only),
                onClick: () => {
                  outOnly.value = only;
                },
              },
              t(`passage.filter.${only ? 'out' : 'all'}`),
            ),
          ),
        ),
        list.length === 0
          ? h('p', { class: 'empty' }, t('passage.empty'))
          : h(
              'div',
              { class: 'scroll' },
              h('table', { class: 'rows' }, [
                h('caption', { class: 'hidden' }, t('site.passages')),
                h(
                  'thead',
                  h(
                    'tr',
                    ['time', 'plate', 'direction', 'vehicle', 'washed', 'covered'].map((name) =>
                      h('th', { scope: 'col' }, t(`passage.${name}`)),
                    ),
                  ),
                ),
                h('tbody', list.slice(0, shown.value).map(row)),
              ]),
            ),
        list.length > shown.value
          ? h(
              'button',
              {
                class: 'link-like',
                onClick: () => {
                  shown.value += 50;
                },
              },
              t('more'),
            )
          : null,
      ]);
    };
  },
};
