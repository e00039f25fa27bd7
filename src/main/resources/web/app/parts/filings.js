// What people filed of a site, and the forms for those whose role may file.
import { h, reactive, onMounted } from 'vue';
import { all, post } from '../api.js';
import { t } from '../words.js';
import { moment } from '../format.js';
import { now, person, choosePerson, session, mayFile } from '../store.js';

const forms = ['waive', 'outage', 'work-face', 'object'];
const reasons = ['planned-work', 'maintenance', 'calibration'];
const zone = () => (/(Z|[+-]\d\d:\d\d)$/.exec(now.value || '') || ['Z'])[0];
const withZone = (local) => (local ? `${local}:00${zone()}` : undefined);
// A field that was left empty is not sent.
const given = (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value));

export const Filings = {
  props: ['site', 'devices', 'units', 'rules'],
  setup(props) {
    const state = reactive({ list: [], failed: '', form: '', refused: '', busy: false, shown: 10 });
    const filled = reactive({});
    const path = `/sites/${encodeURIComponent(props.site)}`;

    async function load() {
      try {
        state.list = await all('/filings', { site: props.site }, 500);
        state.failed = '';
      } catch (problem) {
        state.failed = problem.message;
      }
    }
    onMounted(load);

    function open(form) {
      Object.keys(filled).forEach((key) => delete filled[key]);
      Object.assign(filled, { person: person.value, reason: reasons[0] });
      Object.assign(state, { form: state.form === form ? '' : form, refused: '' });
    }

    const who = () => (session.account ? {} : { person: (filled.person || person.value).trim() });
    async function send(where, body) {
      state.busy = true;
      state.refused = '';
      try {
        await post(`${path}/${where}`, given({ ...who(), ...body }));
        state.form = '';
        await load();
      } catch (problem) {
        state.refused = problem.message;
      }
      state.busy = false;
    }
    function submit(event) {
      event.preventDefault();
      if (!session.account) choosePerson(filled.person.trim());
      const { device, unit, rule, reason, text, verdict } = filled;
      const from = withZone(filled.from);
      const to = withZone(filled.to);
      if (state.form === 'waive') send('waivers', { reason, device, unit, rule, from, to, text });
      else if (state.form === 'outage') send('outages', { device, from, to, text });
      else if (state.form === 'work-face') send('work-faces', { unit, from, to, text });
      else send(`verdicts/${encodeURIComponent(verdict.trim())}/object`, { text });
    }
    // With the token nobody is named yet: the name is asked for before a waiver is granted.
    function decide(filing, what) {
      if (!session.account && !person.value) {
        state.refused = t('filing.nameFirst');
        return;
      }
      send(`waivers/${encodeURIComponent(filing.id)}/${what}`, {});
    }

    const field = (key, word, tag, more = {}, options) =>
      h('label', [
        h('span', t(`filing.${word}`)),
        h(
          tag,
          {
            value: filled[key] || '',
            onInput: (e) => {
              filled[key] = e.target.value;
            },
            ...more,
          },
          options,
        ),
      ]);
    const pick = (key, word, ids, must) =>
      field(key, word, 'select', { required: must }, [
        h('option', { value: '' }, must ? '' : t('filing.any')),
        ...ids.map((id) => h('option', { value: id, selected: filled[key] === id }, id)),
      ]);
    const time = (key, must) => field(key, key, 'input', { type: 'datetime-local', required: must });

    function form() {
      const waive = state.form === 'waive';
      const devices = props.devices.map((each) => each.device);
      const units = props.units
        .filter((unit) => waive || unit.kind === 'soil')
        .map((unit) => unit.id);
      return h('form', { class: 'filing-form', onSubmit: submit, 'aria-label': t(`filing.form.${state.form}`) }, [
        h('p', { class: 'facts wide' }, t(`filing.words.${state.form}`)),
        waive
          ? field('reason', 'reason', 'select', { required: true },
              reasons.map((each) => h('option', { value: each, selected: filled.reason === each }, t(`filing.reasons.${each}`))))
          : null,
        state.form === 'outage' ? pick('device', 'device', devices, true) : null,
        state.form === 'work-face' ? pick('unit', 'unit', units, true) : null,
        waive ? pick('device', 'device', devices) : null,
        waive ? pick('unit', 'unit', units) : null,
        waive ? pick('rule', 'rule', props.rules) : null,
        state.form === 'object' ? field('verdict', 'verdict', 'input', { required: true, maxlength: 64 }) : null,
        state.form === 'object' ? null : time('from', state.form === 'outage'),
        state.form === 'object' ? null : time('to', true),
        session.account ? null : field('person', 'person', 'input', { required: true, maxlength: 100, autocomplete: 'name' }),
        h('div', { class: 'wide' }, field('text', 'text', 'textarea', {
          rows: 2, maxlength: 2000, required: waive || state.form === 'object',
        })),
        h('div', { class: 'actions wide' }, [
          h('button', { class: 'main', type: 'submit', disabled: state.busy }, t('alarm.send')),
          h('button', { type: 'button', onClick: () => open(state.form) }, t('alarm.cancel')),
        ]),
      ]);
    }

    const about = (filing) => [filing.device, filing.unit, filing.rule].filter(Boolean).join(' · ');
    const over = (filing) => filing.state === 'ended' || (filing.to && now.value && Date.parse(filing.to) < Date.parse(now.value));
    const standing = (filing) =>
      filing.kind === 'waiver' && !over(filing)
        ? filing.state === 'approved' ? 'granted' : 'asked'
        : over(filing) ? 'over' : 'filed';
    function entry(filing) {
      const stands = standing(filing);
      return h('li', { key: filing.id, class: ['step', stands] }, [
        h('time', { datetime: filing.at }, moment(filing.at, now.value)),
        h('b', [t(`filing.kind.${filing.kind}`), filing.reason ? ` · ${t(`filing.reasons.${filing.reason}`)}` : '']),
        h('span', { class: ['filing-state', stands] }, t(`filing.state.${stands}`)),
        h('span', filing.person),
        filing.approvedBy ? h('span', t('filing.grantedBy', { person: filing.approvedBy })) : null,
        filing.from ? h('span', `${moment(filing.from, now.value)} – ${moment(filing.to, now.value)}`) : null,
        about(filing) ? h('code', about(filing)) : null,
        filing.kind === 'objection' && filing.about ? h('code', filing.about) : null,
        filing.text ? h('q', filing.text) : null,
        stands === 'asked' || stands === 'granted'
          ? h('div', { class: 'actions wide' }, [
              stands === 'asked' && mayFile('approve')
                ? h('button', { disabled: state.busy, onClick: () => decide(filing, 'approve') }, t('filing.approve'))
                : null,
              mayFile('unwaive')
                ? h('button', { disabled: state.busy, onClick: () => decide(filing, 'end') }, t('filing.end'))
                : null,
            ])
          : null,
      ]);
    }

    return () =>
      h('section', { class: 'panel filings' }, [
        h('header', [
          h('h2', [t('filing.title'), h('small', state.list.length)]),
          h('div', { class: 'actions' },
            forms.filter(mayFile).map((each) =>
              h('button', { 'aria-expanded': String(state.form === each), onClick: () => open(each) }, t(`filing.form.${each}`)))),
        ]),
        state.form ? form() : null,
        state.refused ? h('p', { class: 'refused', role: 'alert' }, t('alarm.refused', { detail: state.refused })) : null,
        state.failed ? h('p', { class: 'refused', role: 'alert' }, t('failed', { detail: state.failed })) : null,
        state.list.length
          ? h('ol', { class: 'steps' }, state.list.slice(0, state.shown).map(entry))
          : h('p', { class: 'empty' }, t('filing.none')),
        state.list.length > state.shown
          ? h('button', { class: 'link-like', onClick: () => { state.shown += 50; } }, t('more'))
          : null,
      ]);
  },
};
