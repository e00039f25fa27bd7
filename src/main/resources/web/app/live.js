// The live stream: one EventSource, listeners by event name, a watch over its silence.
import { reactive } from 'vue';

const names = ['verdict', 'alarm', 'reading', 'progress', 'ping', 'gap'];
const silenceMax = 40000;
const listeners = new Map(names.map((name) => [name, new Set()]));
const onReturn = new Set();

// state: off, connecting, live, lost; at: the server's time when last heard.
export const link = reactive({ state: 'off', at: '', heard: 0 });

let source;
let retry;
let pause = 1000;
let broken = false;

export function listen(name, listener) {
  listeners.get(name).add(listener);
  return () => listeners.get(name).delete(listener);
}

// Called when the stream is back after a gap: what was missed must be read again.
export function whenBack(listener) {
  onReturn.add(listener);
  return () => onReturn.delete(listener);
}

export function connect() {
  close();
  link.state = broken ? 'lost' : 'connecting';
  source = new EventSource('/api/v1/live');
  source.onopen = () => {
    pause = 1000;
    link.state = 'live';
    link.heard = Date.now();
    if (broken) onReturn.forEach((listener) => listener());
    broken = false;
  };
  source.onerror = lost;
  for (const name of names) source.addEventListener(name, (event) => heard(name, event));
}

export function close() {
  clearTimeout(retry);
  if (source) source.close();
  source = undefined;
}

export function stop() {
  close();
  broken = false;
  link.state = 'off';
}

function heard(name, event) {
  link.heard = Date.now();
  let data;
  try {
    data = JSON.parse(event.data);
  } catch (e) {
    return;
  }
  const at = data.now || data.at;
  if (typeof at === 'string') link.at = at;
  listeners.get(name).forEach((listener) => listener(data));
  if (name === 'gap') onReturn.forEach((listener) => listener());
}

function lost() {
  if (link.state === 'off') return;
  broken = true;
  link.state = 'lost';
  close();
  retry = setTimeout(connect, pause);
  pause = Math.min(pause * 2, 15000);
}

setInterval(() => {
  if (link.state === 'live' && Date.now() - link.heard > silenceMax) lost();
}, 5000);
addEventListener('online', () => link.state === 'lost' && connect());
