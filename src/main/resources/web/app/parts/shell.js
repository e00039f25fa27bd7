// The frame of every page: brand, ways, link state, language, appearance, banners.
import { h } from 'vue';
import { t, language, chooseLanguage } from '../words.js';
import { session, theme, chooseTheme, logout, status, playing, now } from '../store.js';
import { link } from '../live.js';
import { clockSeconds, moment } from '../format.js';
import { brandIcon } from './icons.js';

const themes = ['auto', 'light', 'dark'];
const themeSigns = { auto: '◐', light: '☀', dark: '☾' };

const way = (hash, word, current) =>
  h('a', { href: hash, 'aria-current': current ? 'page' : undefined }, t(word));

const linkMark = () =>
  h('span', { class: ['link', link.state], role: 'status' }, [
    h('i', { 'aria-hidden': 'true' }),
    t(`link.${link.state === 'off' ? 'connecting' : link.state}`),
  ]);

function bar(route) {
  return h('header', { class: 'bar' }, [
    h('a', { class: 'brand', href: '#/' }, [
      brandIcon(),
      h('span', [h('b', 'Dustwarden'), h('small', t('title'))]),
    ]),
    session.open &&
      h('nav', { 'aria-label': t('title') }, [
        way('#/', 'nav.sites', route.page === 'sites' || route.page === 'site'),
        way('#/alarms', 'nav.alarms', ['alarms', 'alarm', 'figures'].includes(route.page)),
        way('#/ranking', 'nav.ranking', route.page === 'ranking'),
        way('#/rulebooks', 'nav.rulebooks', route.page === 'rulebooks'),
      ]),
    h('div', { class: 'tools' }, [
      session.open && linkMark(),
      h(
        'button',
        {
          class: 'quiet',
          lang: language.value === 'zh' ? 'en' : 'zh',
          title: t('langHint'),
          onClick: () => chooseLanguage(language.value === 'zh' ? 'en' : 'zh'),
        },
        t('lang'),
      ),
      h(
        'button',
        {
          class: 'quiet',
          title: t('theme.hint', { mode: t(`theme.${theme.value}`) }),
          'aria-label': t('theme.hint', { mode: t(`theme.${theme.value}`) }),
          onClick: () => chooseTheme(themes[(themes.indexOf(theme.value) + 1) % 3]),
        },
        themeSigns[theme.value],
      ),
      session.open &&
        h('span', { class: 'who', title: t(`role.${session.role}`) }, [
          session.person || session.account || t(`role.${session.role}`),
          session.account ? h('small', t(`role.${session.role}`)) : null,
        ]),
      session.open && h('button', { class: 'quiet logout', onClick: logout }, t('logout')),
    ]),
  ]);
}

function progress() {
  const p = status.progress;
  const percent = Math.floor(p.share * 100);
  return h('div', { class: 'playing' }, [
    h('span', [
      t('playing', { percent }),
      p.at ? h('small', ` · ${t('playingAt', { at: moment(p.at, p.to) })}`) : null,
    ]),
    h('progress', { value: p.share, max: 1, 'aria-label': t('playing', { percent }) }),
  ]);
}

export function shell(route, body) {
  const stale = session.open && link.state === 'lost';
  return h('div', { class: ['page', { stale }] }, [
    h(
      'a',
      {
        class: 'skip',
        href: '#main',
        onClick: (e) => {
          e.preventDefault();
          document.getElementById('main').focus();
        },
      },
      t('nav.skip'),
    ),
    bar(route),
    session.open && playing.value ? progress() : null,
    stale
      ? h('div', { class: 'banner', role: 'alert' }, t('stale', { at: clockSeconds(link.at || now.value) }))
      : null,
    h('main', { id: 'main', tabindex: -1 }, [body]),
    status.version
      ? h('footer', [`Dustwarden ${status.version} · `, h('a', { href: '/openapi.yaml' }, 'API')])
      : null,
  ]);
}

export const failure = (detail, again) =>
  h('div', { class: 'failure', role: 'alert' }, [
    t('failed', { detail }),
    ' ',
    h('button', { onClick: again }, t('retry')),
  ]);
export const loading = () => h('p', { class: 'loading', role: 'status' }, t('loading'));
