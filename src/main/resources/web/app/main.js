// Starts the pages: the address after # chooses the view, the login comes first.
import { createApp, h, reactive } from 'vue';
import { shell, loading } from './parts/shell.js';
import { actDialog } from './parts/alarm.js';
import { session, start } from './store.js';
import { t, language } from './words.js';
import { Login } from './views/login.js';
import { Sites } from './views/sites.js';
import { Site } from './views/site.js';
import { Alarms } from './views/alarms.js';
import { Alarm } from './views/alarm.js';
import { Figures } from './views/figures.js';
import { Ranking } from './views/ranking.js';
import { Rulebooks } from './views/rulebooks.js';

const route = reactive({ page: 'sites', id: '', params: {} });

function read() {
  const [path, query] = location.hash.replace(/^#/, '').split('?');
  const [, page = '', id = ''] = path.split('/');
  route.params = Object.fromEntries(new URLSearchParams(query || ''));
  // A notice's link names the alarm beside its site: #/alarms?site=…&alarm=…
  route.id = (page === 'alarms' && !id && route.params.alarm) || decodeURIComponent(id);
  route.page =
    page === 'sites' && id
      ? 'site'
      : page === 'alarms' && (id || route.params.alarm)
        ? 'alarm'
        : ['alarms', 'figures', 'ranking', 'rulebooks', 'login'].includes(page)
          ? page
          : 'sites';
}

addEventListener('hashchange', () => {
  const before = route.page + route.id;
  read();
  if (before !== route.page + route.id) scrollTo(0, 0);
});
read();

function view() {
  if (!session.known) return loading();
  if (!session.open) return h(Login, { ticket: route.page === 'login' ? route.params.ticket : undefined });
  if (route.page === 'site') return h(Site, { site: route.id, key: route.id });
  if (route.page === 'alarm') return h(Alarm, { alarm: route.id, key: route.id });
  if (route.page === 'ranking') return h(Ranking, { start: route.params });
  if (route.page === 'rulebooks') return h(Rulebooks, { chosen: route.params.id });
  if (route.page === 'figures') return h(Figures);
  if (route.page === 'alarms') return h(Alarms, { start: route.params });
  return h(Sites);
}

createApp({
  render() {
    document.title = `Dustwarden · ${t('title')}`;
    return h('div', { lang: language.value }, [shell(route, view()), actDialog()]);
  },
}).mount('#app');
start();
