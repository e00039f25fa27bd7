// One item of the checklist: share, state, since when, and why it is not green.
import { h, ref } from 'vue';
import { t, sentence } from '../words.js';
import { range, percent, moment, span, param, number } from '../format.js';
import { stateBadge, stateIcon, itemIcon } from './icons.js';
import { now } from '../store.js';

const shownMax = 2;

// Solid up to what is known, hatched up to what may be.
const shareBar = (item) =>
  h('div', { class: 'share-bar', 'aria-hidden': 'true' }, [
    h('i', { class: 'low', style: { width: `${(item.low || 0) * 100}%` } }),
    h('i', { class: 'may', style: { width: `${Math.max(0, (item.high || 0) - (item.low || 0)) * 100}%` } }),
  ]);

export const reasonList = (reasons, from = 0, to = reasons.length) =>
  reasons.slice(from, to).map((reason) => {
    const { say, todo } = sentence(reason, param);
    return h('li', [h('span', say), todo ? h('small', [h('b', `${t('site.todo')} `), todo]) : null]);
  });

function bigNumber(item) {
  if (item.state === 'NOT_APPLICABLE' || item.low === undefined)
    return h('strong', { class: 'big none' }, '—');
  const unsure = percent(item.low) !== percent(item.high);
  return h(
    'strong',
    {
      class: ['big', { long: unsure }],
      title: unsure ? t('site.known', { low: percent(item.low), high: percent(item.high) }) : t('site.share'),
    },
    [range(item.low, item.high), h('small', ' %')],
  );
}

export const Tile = {
  props: ['item'],
  setup(props) {
    const open = ref(false);
    return () => {
      const item = props.item;
      const reasons = item.reasons || [];
      const rest = reasons.length - shownMax;
      return h(
        'section',
        {
          class: ['tile', item.state],
          'aria-label': `${t(`item.${item.item}`)}: ${t(`state.${item.state}`)}`,
        },
        [
          h('header', [itemIcon(item.item), h('h3', t(`item.${item.item}`)), stateBadge(item.state)]),
          h('p', { class: 'long-name' }, t(`itemLong.${item.item}`)),
          h('div', { class: 'figures' }, [
            bigNumber(item),
            h('p', [
              item.since
                ? h('span', [
                    t('site.since', { at: moment(item.since, now.value) }),
                    now.value ? ` · ${t('site.lasting', { span: span(item.since, now.value) })}` : '',
                  ])
                : null,
              item.capture !== undefined && item.capture < 1 && item.state !== 'NOT_APPLICABLE'
                ? h('span', t('site.capture', { n: percent(item.capture) }))
                : null,
            ]),
          ]),
          item.state === 'NOT_APPLICABLE' ? null : shareBar(item),
          reasons.length
            ? h(
                'ul',
                { class: 'reasons', 'aria-label': t('site.why') },
                reasonList(reasons, 0, open.value ? undefined : shownMax),
              )
            : null,
          rest > 0 && !open.value
            ? h(
                'button',
                {
                  class: 'link-like',
                  onClick: () => {
                    open.value = true;
                  },
                },
                t('site.more', { n: rest }),
              )
            : null,
          (item.rules || []).length > 1
            ? h('details', { class: 'rules' }, [h('summary', t('site.rules')), h('ul', item.rules.map(rule))])
            : null,
        ],
      );
    };
  },
};

const rule = (each) =>
  h('li', [
    each.state ? stateIcon(each.state) : null,
    h('code', each.rule || each.id || ''),
    each.state ? h('span', { class: 'hidden' }, t(`state.${each.state}`)) : null,
    each.low === undefined || each.state === 'NOT_APPLICABLE'
      ? null
      : h('span', ` ${range(each.low, each.high)} %`),
    each.limit === undefined ? null : h('span', ` ${t('alarm.limit', { limit: number(each.limit) })}`),
    (each.reasons || []).length ? h('ul', reasonList(each.reasons)) : null,
  ]);
