// Login: a link's ticket goes in by itself, else an account and its password, or the administrator's token.
import { h, ref, reactive, onMounted } from 'vue';
import { t } from '../words.js';
import { login } from '../store.js';
import { brandIcon } from '../parts/icons.js';

export const Login = {
  props: ['ticket'],
  setup(props) {
    const typed = reactive({ account: '', password: '', token: '' });
    const byToken = ref(false);
    const said = ref('');
    const busy = ref(Boolean(props.ticket));

    async function enter(secret, wrong) {
      busy.value = true;
      said.value = '';
      try {
        await login(secret);
        if (location.hash.startsWith('#/login')) location.replace('#/');
      } catch (problem) {
        const wait = problem.body && problem.body.retryAfter;
        said.value = wait ? t('login.wait', { n: wait }) : problem.status === 401 ? t(wrong) : problem.message;
      }
      busy.value = false;
    }

    onMounted(() => props.ticket && enter({ ticket: props.ticket }, 'login.ticket'));
    const submit = (event) => {
      event.preventDefault();
      if (byToken.value) enter({ token: typed.token.trim() }, 'login.wrong');
      else enter({ account: typed.account.trim().toLowerCase(), password: typed.password }, 'login.wrongPassword');
    };
    const field = (key, type, autocomplete) =>
      h('label', [
        h('span', t(`login.${key}`)),
        h('input', {
          type,
          name: key,
          autocomplete,
          required: true,
          autocapitalize: 'none',
          value: typed[key],
          onInput: (e) => {
            typed[key] = e.target.value;
          },
        }),
      ]);
    return () =>
      h('form', { class: 'login panel', onSubmit: submit }, [
        brandIcon(),
        h('h1', t('login.title')),
        h('p', t(busy.value ? 'login.trying' : byToken.value ? 'login.hintToken' : 'login.hint')),
        byToken.value
          ? field('token', 'password', 'off')
          : [field('account', 'text', 'username'), field('password', 'password', 'current-password')],
        said.value ? h('p', { class: 'refused', role: 'alert' }, said.value) : null,
        h('button', { class: 'main', type: 'submit', disabled: busy.value }, t('login.enter')),
        h(
          'button',
          {
            class: 'link-like',
            type: 'button',
            onClick: () => {
              byToken.value = !byToken.value;
              said.value = '';
            },
          },
          t(byToken.value ? 'login.byAccount' : 'login.byToken'),
        ),
      ]);
  },
};
