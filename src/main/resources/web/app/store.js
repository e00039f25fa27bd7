// What all pages share: the login, the server's clock, the played history, the person's name, the appearance.
import { reactive, ref, computed } from 'vue';
import { get, post, remove, onLoggedOut } from './api.js';
import { connect, stop, link, listen } from './live.js';

// role, account, person and the acts it may do, as the server says; no account = the administrator by token.
export const session = reactive({ known: false, open: false, role: '', account: '', person: '', may: [], mayFile: [] });
export const may = (act) => session.may.includes(act);
export const mayFile = (filing) => session.mayFile.includes(filing);
export const status = reactive({ version: '', progress: null });
export const person = ref(localStorage.getItem('person') || '');
export const theme = ref(localStorage.getItem('theme') || 'auto');

const heardAt = reactive({ server: '', local: 0 });
const tick = ref(Date.now());
setInterval(() => {
  tick.value = Date.now();
}, 10000);

// The server's time now, in the offset of what it last said.
export const now = computed(() => {
  if (!heardAt.server) return '';
  const passed = link.state === 'live' && !playing.value ? Math.max(0, tick.value - heardAt.local) : 0;
  return shift(heardAt.server, passed);
});
export const playing = computed(() => Boolean(status.progress && status.progress.playing));

// An ISO time with offset moved by milliseconds, in the same offset.
export function shift(time, ms) {
  const offset = /(Z|[+-]\d\d:\d\d)$/.exec(time)[0];
  const minutes =
    offset === 'Z' ? 0 : (offset[0] === '-' ? -1 : 1) * (+offset.slice(1, 3) * 60 + +offset.slice(4, 6));
  return new Date(Date.parse(time) + ms + minutes * 60000).toISOString().slice(0, 19) + offset;
}

export function setNow(time) {
  if (typeof time !== 'string' || !/(Z|[+-]\d\d:\d\d)$/.test(time)) return;
  heardAt.server = time;
  heardAt.local = Date.now();
  tick.value = heardAt.local;
}

export function choosePerson(name) {
  person.value = name;
  localStorage.setItem('person', name);
}

export function chooseTheme(name) {
  theme.value = name;
  localStorage.setItem('theme', name);
  dress();
}

const dark = matchMedia('(prefers-color-scheme: dark)');
export const darkNow = ref(false);
function dress() {
  darkNow.value = theme.value === 'dark' || (theme.value === 'auto' && dark.matches);
  document.documentElement.dataset.theme = darkNow.value ? 'dark' : 'light';
}
dark.addEventListener('change', dress);
dress();

export async function start() {
  try {
    await opened(await get('/session'));
  } catch (e) {
    session.open = false;
  }
  session.known = true;
}

export async function login(secret) {
  await opened(await post('/session', secret));
}

async function opened(who) {
  Object.assign(session, { role: who.role, account: who.account || '', person: who.person || '', may: who.may || [], mayFile: who.mayFile || [] });
  const said = await get('/status');
  status.version = said.version;
  status.progress = said.progress || null;
  setNow(said.now);
  session.open = true;
  connect();
}

export async function logout() {
  stop();
  session.open = false;
  await remove('/session');
}

onLoggedOut.call = () => {
  stop();
  session.open = false;
};

listen('progress', (progress) => {
  status.progress = progress;
  setNow(progress.at);
});
listen('ping', (ping) => setNow(ping.now));
listen('verdict', (verdict) => setNow(verdict.at));
