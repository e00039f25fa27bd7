// Login: a link's ticket goes in by itself, else the token is asked for.
import { h, ref, onMounted } from 'vue';
import { t } from '../words.js';
import { login } from '../store.js';
import { brandIcon } from '../parts/icons.js';

export const Login = {
  props: ['ticket'],
  setup(props) {
    const token = ref('');
    const said = ref('');
    const busy = ref(Boolean(props.ticket));

    async function enter(secret, wrong) {
      busy.value = true;
      try {
        await login(secret);
        if (location.hash.startsWith('#/login')) location.replace('#/');
      } catch (problem) {
        said.value = problem.status === 401 ? t(wrong) : problem.message;
      }
      busy.value = false;
    }

    onMounted(() => props.ticket && enter({ ticket: props.ticket }, 'login.ticket'));
    const submit = (event) => {
      event.preventDefault();
      enter({ token: token.value.trim() }, 'login.wrong');
    };
    return () =>
      h('form', { class: 'login panel', onSubmit: submit }, [
        brandIcon(),
        h('h1', t('login.title')),
        h('p', t(busy.value ? 'login.trying' : 'login.hint')),
        h('label', [
          h('span', t('login.token')),
          h('input', {
            type: 'password',
            name: 'token',
            autocomplete: 'current-password',
            required: true,
            value: token.value,
            onInput: (e) => {
              token.value = e.target.value;
            },
          }),
        ]),
        said.value ? h('p', { class: 'refused', role: 'alert' }, said.value) : null,
        h('button', { class: 'main', type: 'submit', disabled: busy.value }, t('login.enter')),
      ]);
  },
};
