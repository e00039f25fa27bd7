// Language: one reactive choice, words by path, and sentences from a reason's code and params.
import { ref } from 'vue';
import zh from './words/zh.js';
import en from './words/en.js';
// Made by the server of the file that notices, evidence and reports take their words from.
import said from './words/reasons.js';

const books = { zh, en };
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

// One reason as {say, todo, clears}, the latter two by its rule where the reason has none; a code without words is shown as it
// is, never hidden.
export function sentence(reason, show = (key, value) => value, rule = {}) {
  const params = {};
  for (const [key, value] of Object.entries(reason.params || {})) params[key] = show(key, value, reason.code);
  const words = said.reasons[reason.code];
  if (words) {
    const [say, todo, clears] = words[language.value];
    return {
      say: fill(say, params),
      todo: todo ? fill(todo, params) : named(said.todo[rule.item] || said.todo.any),
      clears: clears ? fill(clears, params) : named(rule.clears),
    };
  }
  const rest = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
  return { say: rest ? `${reason.code} (${rest})` : reason.code, todo: '', clears: '' };
}
