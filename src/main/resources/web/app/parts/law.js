// The rules in force by id: by what clause each judges, and what clears it. Asked for once, and again when one is not known.
import { h, reactive } from 'vue';
import { all } from '../api.js';
import { t } from '../words.js';

const law = reactive({});
const AGAIN_MS = 60000;
let asked = 0;

async function load() {
  asked = Date.now();
  try {
    for (const book of await all('/rulebooks')) for (const rule of book.rules) law[rule.id] = rule;
  } catch (e) {
    // A page shows its reasons without their clause until the list can be had.
  }
}

export function ruleOf(id) {
  if (id && !law[id] && Date.now() - asked > AGAIN_MS) load();
  return law[id] || {};
}

export const clause = (id) => {
  const cited = ruleOf(id).citation;
  return cited
    ? h('small', { class: 'clause' }, [
        h('b', `${t('site.clause')} `),
        cited.link ? h('a', { href: cited.link, rel: 'noreferrer noopener', target: '_blank' }, cited.standard) : cited.standard,
        ` · ${cited.clause}`,
      ])
    : null;
};
