// One rule's line under an item, and the rules that are only tried: how sure each is, and what it said.
import { h } from 'vue';
import { t } from '../words.js';
import { range, number } from '../format.js';
import { stateIcon, stateBadge } from './icons.js';
import { reasonList } from './tile.js';
import { dustOf } from './dust.js';

// How sure the rule's text is, and which of its figures no document was seen to give.
export const sureness = (rule) => [
  rule.confidence
    ? h('span', { class: ['confidence', rule.confidence], title: rule.clause }, t(`rulebook.confidence.${rule.confidence}`))
    : null,
  (rule.unconfirmed || []).length
    ? h('span', { class: 'confidence unconfirmed' }, t('site.unconfirmed', { list: rule.unconfirmed.join(', ') }))
    : null,
];

export const ruleLine = (rule) =>
  h('li', { key: rule.rule }, [
    rule.state ? stateIcon(rule.state) : null,
    h('code', rule.rule || ''),
    rule.state ? h('span', { class: 'hidden' }, t(`state.${rule.state}`)) : null,
    rule.low === undefined || rule.state === 'NOT_APPLICABLE' ? null : h('span', ` ${range(rule.low, rule.high)} %`),
    rule.limit === undefined ? null : h('span', ` ${t('alarm.limit', { limit: number(rule.limit) })}`),
    h('p', { class: 'sure' }, sureness(rule)),
    (rule.reasons || []).length ? h('ul', reasonList(rule.reasons, () => rule.rule)) : null,
  ]);

// Tried beside the live rules: never an item, never an alarm, so never among the tiles.
export const shadowRules = (rules) =>
  h('section', { class: 'panel shadow' }, [
    h('header', h('h2', [t('site.shadow'), h('small', rules.length)])),
    h('p', { class: 'facts' }, t('site.shadowWords')),
    h(
      'ul',
      { class: 'tiles' },
      rules.map((rule) =>
        h('li', { key: rule.rulebook + rule.rule, class: 'shadow-rule' }, [
          h('header', [
            h('span', { class: 'tried' }, t('site.shadowMark')),
            h('code', rule.rule),
            stateBadge(rule.state),
          ]),
          h('p', { class: 'facts' }, [
            h('code', rule.rulebook),
            rule.low === undefined || rule.state === 'NOT_APPLICABLE' ? null : h('span', `${range(rule.low, rule.high)} %`),
            ...sureness(rule),
          ]),
          (rule.reasons || []).length ? h('ul', { class: 'reasons' }, reasonList(rule.reasons, () => rule.rule)) : null,
          dustOf(rule.dust),
        ]),
      ),
    ),
  ]);
