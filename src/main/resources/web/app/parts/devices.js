// Devices of a site: cameras as cards, all of them as a table with lag, clock, rejections, tolerances and findings.
import { h } from 'vue';
import { t } from '../words.js';
import { moment, seconds, span, spanOf, number, param } from '../format.js';
import { stateIcon } from './icons.js';
import { now } from '../store.js';

const signOf = { reporting: 'COMPLIANT', silent: 'UNKNOWN', offline: 'VIOLATION', never: 'UNKNOWN' };
const last = (d) =>
  d.lastReport
    ? `${moment(d.lastReport, now.value)}${now.value ? ` · ${span(d.lastReport, now.value)}` : ''}`
    : t('camera.never');

function fact(good, words) {
  const state = good === undefined ? 'UNKNOWN' : good ? 'COMPLIANT' : 'VIOLATION';
  return h('span', { class: ['judged', good === false ? 'failed' : ''] }, [stateIcon(state), words]);
}

export function cameras(devices) {
  const list = devices.filter((d) => d.kind === 'camera');
  if (list.length === 0) return h('p', { class: 'empty' }, t('camera.empty'));
  return h(
    'div',
    { class: 'cameras' },
    list.map((d) => {
      const said = d.state === 'silent' || d.state === 'never' ? {} : d.camera || {};
      const bad = said.online === false || said.recording === false || said.blocked === true;
      const state =
        bad || d.state === 'offline' ? 'VIOLATION' : said.online === undefined ? 'UNKNOWN' : 'COMPLIANT';
      return h('section', { class: ['camera', state], 'aria-label': d.device }, [
        h('h4', [stateIcon(state), d.device]),
        h('p', [
          fact(
            said.online,
            said.online === undefined
              ? `${t('camera.online')}: ${t('camera.unknown')}`
              : t(said.online ? 'camera.online' : 'camera.offline'),
          ),
          said.recording === undefined
            ? null
            : fact(said.recording, t(said.recording ? 'camera.recording' : 'camera.notRecording')),
          said.blocked ? fact(false, t('camera.blocked')) : null,
          said.moved ? fact(false, t('camera.moved')) : null,
        ]),
        h('small', last(d)),
      ]);
    }),
  );
}

const counts = (words, named) => {
  const entries = Object.entries(named || {}).filter(([, n]) => n > 0);
  return entries.length
    ? h(
        'ul',
        { class: 'counts' },
        entries.map(([name, n]) => h('li', { title: name }, `${t(`${words}.${name}`)} ${n}`)),
      )
    : '—';
};

const findings = (list) =>
  list && list.length
    ? h(
        'ul',
        { class: 'counts' },
        list.slice(0, 4).map((f) =>
          h('li', { title: f.kind }, [
            t(`finding.${f.kind || f.code}`),
            h(
              'small',
              ` ${Object.entries(f.numbers || f.params || {})
                .map(([k, v]) => `${k} ${param(k, v)}`)
                .join(', ')}`,
            ),
          ]),
        ),
      )
    : '—';

const row = (d) =>
  h('tr', { key: d.device, class: d.state }, [
    h('td', { 'data-label': t('device.device') }, [
      h('b', d.device),
      h('small', [
        ` ${t(`device.kinds.${d.kind}`)}`,
        d.every ? ` · ${t('device.every', { span: spanOf(seconds(d.every)) })}` : '',
      ]),
    ]),
    h(
      'td',
      { 'data-label': t('device.state') },
      h('span', { class: 'judged' }, [
        stateIcon(signOf[d.state] || 'UNKNOWN'),
        d.state ? t(`device.states.${d.state}`) : '—',
      ]),
    ),
    h('td', { 'data-label': t('device.last') }, last(d)),
    h(
      'td',
      { 'data-label': t('device.lag') },
      typeof d.lag === 'number' ? t('span.s', { n: number(d.lag) }) : '—',
    ),
    h('td', { 'data-label': t('device.clock') }, d.clock ? t(`device.clocks.${d.clock}`) : '—'),
    h('td', { 'data-label': t('device.rejections') }, counts('rejection', d.rejections)),
    h('td', { 'data-label': t('device.tolerated') }, counts('tolerance', d.tolerated)),
    h('td', { 'data-label': t('device.findings') }, findings(d.findings)),
  ]);

export const deviceTable = (devices) =>
  h(
    'div',
    { class: 'scroll' },
    h('table', { class: 'rows' }, [
      h('caption', { class: 'hidden' }, t('site.devices')),
      h(
        'thead',
        h(
          'tr',
          ['device', 'state', 'last', 'lag', 'clock', 'rejections', 'tolerated', 'findings'].map((name) =>
            h('th', { scope: 'col' }, t(`device.${name}`)),
          ),
        ),
      ),
      h('tbody', devices.map(row)),
    ]),
  );
