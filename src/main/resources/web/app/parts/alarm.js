// One alarm as a card, and the dialog by which a person acts on it.
import { h, reactive, nextTick } from 'vue';
import { t } from '../words.js';
import { get, post } from '../api.js';
import { moment, number, span } from '../format.js';
import { itemIcon } from './icons.js';
import { reasonList } from './tile.js';
import { now, person, choosePerson, session, may } from '../store.js';

// Kept quiet by design or by a granted waiver; below it the alarm goes on.
const quiet = ['suppressed', 'out-of-service'];

// Which acts a state takes; the server has the last word.
const acts = {
  acknowledge: (alarm) => !alarm.acknowledgedBy && ['raised', 'rectified', 'returned', ...quiet].includes(alarm.state),
  rectify: (alarm) => ['raised', 'acknowledged', ...quiet].includes(alarm.state),
  verify: (alarm) => alarm.state === 'returned',
  shelve: (alarm) => ['raised', 'acknowledged', 'rectified'].includes(alarm.state),
  unshelve: (alarm) => alarm.state === 'shelved',
  comment: (alarm) => alarm.state !== 'closed',
  object: () => true,
};
export const possible = (alarm) => Object.keys(acts).filter((act) => may(act) && acts[act](alarm));
const dialog = reactive({
  alarm: null,
  act: 'acknowledge',
  person: '',
  text: '',
  until: '',
  refused: '',
  busy: false,
  done: null,
});

const line = (...parts) =>
  h(
    'p',
    { class: 'facts' },
    parts.filter(Boolean).map((part) => h('span', part)),
  );

export function alarmCard(alarm, { site, changed, whole = false }) {
  const closed = alarm.state === 'closed';
  return h(
    'article',
    {
      class: ['alarm', alarm.priority, { closed, returned: Boolean(alarm.returnedAt) }],
      'aria-label': `${t(`item.${alarm.item}`)} ${alarm.subject}`,
    },
    [
      h('header', [
        itemIcon(alarm.item),
        h('h3', [
          whole ? t(`item.${alarm.item}`) : h('a', { href: `#/alarms/${alarm.id}` }, t(`item.${alarm.item}`)),
          h('small', alarm.subject),
        ]),
        h('span', { class: ['priority', alarm.priority] }, [
          h('i', { 'aria-hidden': 'true' }),
          `${t('alarm.priorityWord')} ${t(`alarm.priority.${alarm.priority}`)}`,
        ]),
        h('span', { class: ['alarm-state', alarm.state] }, t(`alarm.state.${alarm.state}`)),
      ]),
      site
        ? h('p', { class: 'alarm-site' }, alarm.site === 'region' ? site : h('a', { href: `#/sites/${alarm.site}` }, site))
        : null,
      alarm.flapping || alarm.level || due(alarm).length
        ? h('p', { class: 'terms' }, [
            alarm.level ? h('span', { class: 'term late' }, t('alarm.level', { n: alarm.level })) : null,
            alarm.flapping ? h('span', { class: 'term' }, t('alarm.flapping')) : null,
            ...due(alarm),
          ])
        : null,
      (alarm.reasons || []).length
        ? h('ul', { class: 'reasons' }, reasonList(whole ? alarm.reasons : alarm.reasons.slice(0, 3), () => alarm.rule))
        : null,
      line(
        [
          t('alarm.raised', { at: moment(alarm.raisedAt, now.value) }),
          now.value && !closed ? ` · ${t('site.lasting', { span: span(alarm.raisedAt, now.value) })}` : '',
        ],
        alarm.returnedAt && t('alarm.returned', { at: moment(alarm.returnedAt, now.value) }),
        alarm.occurrences > 1 && t('alarm.occurrences', { n: alarm.occurrences }),
        typeof alarm.peak === 'number' && typeof alarm.limit === 'number' && t('alarm.peak', { peak: number(alarm.peak) }),
        typeof alarm.limit === 'number' && t('alarm.limit', { limit: number(alarm.limit) }),
        alarm.acknowledgedBy && t('alarm.by', { person: alarm.acknowledgedBy }),
        alarm.until && t(alarm.state === 'shelved' ? 'alarm.shelvedUntil' : 'alarm.quietUntil', { at: moment(alarm.until, now.value) }),
        alarm.coveredBy && [`${t('alarm.coveredBy')} `, h('code', alarm.coveredBy)],
        h('code', alarm.rule),
      ),
      h('div', { class: 'actions' }, [
        acknowledgeable(alarm)
          ? h('button', { class: 'main', onClick: () => acknowledge(alarm, changed) }, t('alarm.acknowledge'))
          : null,
        possible(alarm).length
          ? h('button', { onClick: () => open(alarm, possible(alarm)[0], changed) }, t('alarm.more'))
          : null,
        whole
          ? h(
              'a',
              {
                class: 'button',
                href: `/api/v1/alarms/${alarm.id}/evidence`,
                download: `evidence-${alarm.id}.zip`,
              },
              t('alarm.evidence'),
            )
          : h('a', { class: 'button', href: `#/alarms/${alarm.id}` }, t('alarm.details')),
      ]),
    ],
  );
}

// What has to be done by when; what is over its time is said so in words.
function due(alarm) {
  if (alarm.state === 'closed') return [];
  return ['acknowledgeBy', 'rectifyBy']
    .filter((key) => alarm[key])
    .map((key) => {
      const late = now.value && Date.parse(alarm[key]) < Date.parse(now.value);
      return h('span', { class: ['term', { late }] }, [
        t(`alarm.${key}`, { at: moment(alarm[key], now.value) }),
        late ? ` · ${t('alarm.overdue', { span: span(alarm[key], now.value) })}` : '',
      ]);
    });
}

const acknowledgeable = (alarm) => possible(alarm).includes('acknowledge');

function acknowledge(alarm, changed) {
  if (!session.account && !person.value) return open(alarm, 'acknowledge', changed);
  return send(alarm, 'acknowledge', { ...who(person.value), text: t('alarm.defaultText.acknowledge') }, changed).catch((problem) => {
    open(alarm, 'acknowledge', changed);
    dialog.refused = problem.message;
  });
}

// An account acts in its own name; with the token the page asks for one.
const who = (name) => (session.account ? {} : { person: name });

// The version says what the person saw: somebody else's act in between refuses this one.
async function send(alarm, act, body, changed) {
  try {
    changed(await post(`/alarms/${alarm.id}/${act}`, { ...body, version: alarm.version }));
  } catch (problem) {
    if (problem.status === 409 || problem.status === 412) changed();
    throw problem;
  }
}

function open(alarm, act, changed) {
  Object.assign(dialog, {
    alarm,
    act,
    person: person.value,
    text: t(`alarm.defaultText.${act}`),
    until: '',
    refused: '',
    busy: false,
    done: changed,
  });
  nextTick(() => {
    const element = document.getElementById('act');
    if (element && !element.open) element.showModal();
  });
}

function shut() {
  document.getElementById('act')?.close();
  dialog.alarm = null;
}

async function submit(event) {
  event.preventDefault();
  dialog.busy = true;
  if (!session.account) choosePerson(dialog.person.trim());
  const body = { ...who(dialog.person.trim()), text: dialog.text };
  if (dialog.act === 'shelve' && dialog.until)
    body.until = dialog.until.length === 16 ? `${dialog.until}:00${zone()}` : dialog.until;
  try {
    await send(dialog.alarm, dialog.act, body, dialog.done);
    shut();
  } catch (problem) {
    dialog.refused = problem.message;
    dialog.alarm = await get(`/alarms/${dialog.alarm.id}`).catch(() => dialog.alarm);
  }
  dialog.busy = false;
}

const zone = () => (/(Z|[+-]\d\d:\d\d)$/.exec(now.value || '') || ['Z'])[0];

const field = (name, control, hint) => h('label', [h('span', name), control, hint ? h('small', hint) : null]);
const bound = (key, tag, more) =>
  h(tag, {
    value: dialog[key],
    onInput: (e) => {
      dialog[key] = e.target.value;
    },
    ...more,
  });

export function actDialog() {
  if (!dialog.alarm) return null;
  return h(
    'dialog',
    {
      id: 'act',
      'aria-labelledby': 'act-title',
      onClose: () => {
        dialog.alarm = null;
      },
    },
    [
      h('form', { onSubmit: submit }, [
        h('h2', { id: 'act-title' }, `${t(`item.${dialog.alarm.item}`)} · ${dialog.alarm.subject}`),
        field(
          t('alarm.which'),
          h(
            'select',
            {
              value: dialog.act,
              onChange: (e) => {
                dialog.act = e.target.value;
                dialog.text = t(`alarm.defaultText.${dialog.act}`);
              },
            },
            possible(dialog.alarm).map((act) =>
              h('option', { value: act, selected: act === dialog.act }, t(`alarm.act.${act}`)),
            ),
          ),
        ),
        session.account
          ? null
          : field(
          t('alarm.person'),
          bound('person', 'input', { required: true, maxlength: 100, autocomplete: 'name' }),
          t('alarm.personHint'),
        ),
        field(t('alarm.text'), bound('text', 'textarea', { rows: 3, maxlength: 2000, required: dialog.act === 'object' })),
        dialog.act === 'shelve'
          ? field(t('alarm.until'), bound('until', 'input', { type: 'datetime-local', required: true }))
          : null,
        dialog.refused
          ? h('p', { class: 'refused', role: 'alert' }, t('alarm.refused', { detail: dialog.refused }))
          : null,
        h('div', { class: 'actions' }, [
          h('button', { class: 'main', type: 'submit', disabled: dialog.busy }, t('alarm.send')),
          h('button', { type: 'button', onClick: shut }, t('alarm.cancel')),
        ]),
      ]),
    ],
  );
}
