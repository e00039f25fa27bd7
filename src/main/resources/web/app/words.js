// Language: one reactive choice, words by path, and sentences from a reason's code and params.
import { ref } from 'vue';
import zh from './words/zh.js';
import en from './words/en.js';
import reasonsZh from './words/reasons-zh.js';
import reasonsEn from './words/reasons-en.js';

const books = { zh, en };
const reasons = { zh: reasonsZh, en: reasonsEn };
const kept = localStorage.getItem('language');
const browser = (navigator.language || 'zh').toLowerCase();

export const language = ref(books[kept] ? kept : browser.startsWith('en') ? 'en' : 'zh');

export function chooseLanguage(name) {
  language.value = name;
  localStorage.setItem('language', name);
  document.documentElement.lang = name;
}
document.documentElement.lang = language.value;

// Fills {name} with params; a part in [ ] falls away when one of its params is missing.
export function fill(pattern, params = {}) {
  const known = (name) => params[name] !== undefined && params[name] !== null && params[name] !== '';
  const put = (text) => text.replace(/\{(\w+)\}/g, (_, name) => (known(name) ? params[name] : '?'));
  return put(
    pattern.replace(/\[([^\]]*)\]/g, (_, part) =>
      [...part.matchAll(/\{(\w+)\}/g)].every((m) => known(m[1])) ? part : '',
    ),
  );
}

export function t(path, params) {
  const found = path.split('.').reduce((at, key) => (at === undefined ? at : at[key]), books[language.value]);
  return typeof found === 'string' ? fill(found, params) : path.split('.').pop();
}

// A name in both languages, or a plain string.
export function named(name, otherwise = '') {
  if (!name) return otherwise;
  return typeof name === 'string' ? name : name[language.value] || name.zh || name.en || otherwise;
}

const firstOf = (params, ...names) => params[names.find((name) => params[name] !== undefined)];

// One reason as {say, todo}; a code without words is shown as it is, never hidden.
export function sentence(reason, show = (key, value) => value) {
  const params = {};
  for (const [key, value] of Object.entries(reason.params || {})) params[key] = show(key, value);
  const words = reasons[language.value][reason.code];
  params.who = firstOf(params, 'device', 'camera', 'unit', 'gate', 'activity', 'item', 'subject');
  if (words) return { say: fill(words.say, params), todo: words.todo ? fill(words.todo, params) : '' };
  const rest = Object.entries(params)
    .filter(([key, value]) => key !== 'who' && value !== undefined)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
  return { say: rest ? `${reason.code} (${rest})` : reason.code, todo: '' };
}
