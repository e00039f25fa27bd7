// One item of the checklist: share, state, since when, and why it is not green.
import { h, ref } from 'vue';
import { t, sentence } from '../words.js';
import { range, percent, moment, span, param } from '../format.js';
import { stateBadge, itemIcon } from './icons.js';
import { ruleLine } from './rules.js';
import { dustOf } from './dust.js';
import { ruleOf, clause } from './law.js';
import { now } from '../store.js';

const shownMax = 2;

// Solid up to what is known, hatched up to what may be.
const shareBar = (item) =>
  h('div', { class: 'share-bar', 'aria-hidden': 'true' }, [
    h('i', { class: 'low', style: { width: `${(item.low || 0) * 100}%` } }),
    h('i', { class: 'may', style: { width: `${Math.max(0, (item.high || 0) - (item.low || 0)) * 100}%` } }),
  ]);

// Each reason with what to do, what clears it and by which clause; `rule` tells of which rule a reason is.
export const reasonList = (reasons, rule, from = 0, to = reasons.length) =>
  reasons.slice(from, to).map((reason) => {
    const id = rule(reason);
    const { say, todo, clears } = sentence(reason, param, ruleOf(id));
    return h('li', [
      h('span', say),
      todo ? h('small', [h('b', `${t('site.todo')} `), todo]) : null,
      clears ? h('small', [h('b', `${t('site.clears')} `), clears]) : null,
      clause(id),
    ]);
  });

// An item's reasons are those of its rules.
const giver = (item) => (reason) => {
  const rule = (item.rules || []).find((one) => (one.reasons || []).some((each) => each.code === reason.code));
  return rule ? rule.rule : '';
};

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

// Some figure that it was judged by rests on no document.
const unsure = (item) => item.rules.some((rule) => rule.confidence === 'unconfirmed' || (rule.unconfirmed || []).length);

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
                reasonList(reasons, giver(item), 0, open.value ? undefined : shownMax),
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
          dustOf(item.dust),
          (item.rules || []).length
            ? h('details', { class: 'rules' }, [
                h('summary', [t('site.rules'), unsure(item) ? h('span', { class: 'confidence unconfirmed' }, t('rulebook.confidence.unconfirmed')) : null]),
                h('ul', item.rules.map(ruleLine)),
              ])
            : null,
        ],
      );
    };
  },
};
