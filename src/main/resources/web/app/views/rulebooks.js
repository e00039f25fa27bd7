// The rulebooks in force: each rule with its figures, where it is written, and how sure that is.
import { h, reactive, onMounted } from 'vue';
import { all } from '../api.js';
import { t, named } from '../words.js';
import { param } from '../format.js';
import { itemIcon } from '../parts/icons.js';
import { failure, loading } from '../parts/shell.js';

const confidence = (said) => h('span', { class: ['confidence', said] }, t(`rulebook.confidence.${said}`));

const figure = (key, value) => {
  const shown =
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value)
          .map(([inner, each]) => `${inner} ${flat(inner, each)}`)
          .join(' · ')
      : flat(key, value);
  return h('li', [h('code', key), ' ', shown]);
};
const flat = (key, value) =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value)
        .map(([inner, each]) => `${inner} ${flat(inner, each)}`)
        .join(' · ')
    : typeof value === 'number'
      ? String(value)
      : String(param('', value));

const rule = (each) =>
  h('li', { key: each.id, class: 'rule' }, [
    h('header', [itemIcon(each.item), h('h3', [named(each.title), h('small', t(`item.${each.item}`))]), confidence(each.citation.confidence)]),
    h('p', { class: 'cited' }, [
      each.citation.standard,
      ' · ',
      each.citation.clause,
      each.citation.quotedBy ? ` · ${t('rulebook.quoted', { who: each.citation.quotedBy })}` : null,
      ' · ',
      each.citation.link
        ? h('a', { href: each.citation.link, rel: 'noreferrer noopener', target: '_blank' }, t('rulebook.source'))
        : each.citation.document
          ? null
          : h('span', { class: 'confidence unconfirmed' }, t('rulebook.noSource')),
      each.citation.document ? [' ', h('code', `SHA-256 ${each.citation.document}`)] : null,
    ]),
    each.note ? h('p', { class: 'note' }, named(each.note)) : null,
    each.validFrom || each.validTo
      ? h('p', { class: 'facts' }, t('rulebook.valid', { from: each.validFrom || '…', to: each.validTo || '…' }))
      : null,
    h('details', { open: (each.figures || {}).limit === undefined ? undefined : true }, [
      h('summary', t('rulebook.figures')),
      h('ul', { class: 'counts' }, [
        ...Object.entries(each.figures || {}).map(([key, value]) => figure(key, value)),
        h('li', [h('code', 'hash'), ' ', h('code', each.hash)]),
      ]),
    ]),
  ]);

export const Rulebooks = {
  props: ['chosen'],
  setup(props) {
    const state = reactive({ books: [], ready: false, failed: '' });
    async function load() {
      try {
        state.books = await all('/rulebooks');
        state.failed = '';
      } catch (e) {
        state.failed = e.message;
      }
      state.ready = true;
    }
    onMounted(load);

    const book = (each) => {
      const unsure = each.rules.filter((one) => one.citation.confidence === 'unconfirmed').length;
      return h(
        'details',
        { class: 'panel book', key: each.id, open: props.chosen === each.id || undefined },
        [
          h('summary', [
            h('h2', named(each.title, each.id)),
            h('span', { class: 'facts' }, [
              h('code', each.id),
              h('span', t(`rulebook.kind.${each.kind}`)),
              h('span', t('rulebook.rules', { n: each.rules.length })),
              each.regions.length ? h('span', t('rulebook.regions', { list: each.regions.join(', ') })) : null,
              unsure ? h('span', { class: 'confidence unconfirmed' }, t('rulebook.unsure', { n: unsure })) : null,
            ]),
          ]),
          h('p', { class: 'facts' }, [h('span', t('rulebook.hash')), h('code', each.hash)]),
          h('ul', { class: 'rule-list' }, each.rules.map(rule)),
        ],
      );
    };
    return () =>
      h('div', { class: 'site' }, [
        h('h1', [t('rulebook.title'), h('small', state.books.length)]),
        h('p', { class: 'facts' }, t('rulebook.words')),
        state.failed ? failure(state.failed, load) : null,
        !state.ready ? loading() : state.books.map(book),
      ]);
  },
};
