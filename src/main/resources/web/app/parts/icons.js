// Drawn marks: a state's sign, an item's picture. Shape says what colour says.
import { h } from 'vue';
import { t } from '../words.js';

const svg = (className, box, ...parts) =>
  h(
    'svg',
    { class: className, viewBox: `0 0 ${box} ${box}`, 'aria-hidden': 'true', focusable: 'false' },
    parts,
  );
const line = (d) =>
  h('path', {
    d,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.8,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });

const signs = {
  COMPLIANT: [
    h('circle', { cx: 10, cy: 10, r: 9, class: 'ground' }),
    h('path', { d: 'M5.8 10.3l2.9 2.9 5.5-6', class: 'sign' }),
  ],
  VIOLATION: [
    h('path', { d: 'M10 .8l9.2 9.2L10 19.2.8 10z', class: 'ground' }),
    h('path', { d: 'M10 5.5v5.2', class: 'sign' }),
    h('circle', { cx: 10, cy: 13.9, r: 1.25, class: 'dot' }),
  ],
  UNKNOWN: [
    h('circle', { cx: 10, cy: 10, r: 8.4, class: 'ring' }),
    h('path', { d: 'M7.5 8a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.8-1.1 1.6', class: 'sign' }),
    h('circle', { cx: 10, cy: 14.2, r: 1.1, class: 'dot' }),
  ],
  NOT_APPLICABLE: [
    h('circle', { cx: 10, cy: 10, r: 8.4, class: 'ring faint' }),
    h('path', { d: 'M6.5 10h7', class: 'sign' }),
  ],
};

export const stateIcon = (state) =>
  svg(`sign-of ${state}`, 20, ...(signs[state] || signs.UNKNOWN).map((part) => h(part)));

export const stateBadge = (state) =>
  h('span', { class: ['badge', state] }, [stateIcon(state), h('span', t(`state.${state}`))]);

const pictures = {
  enclosure: 'M3 20V8l2-2 2 2v12M10 20V8l2-2 2 2v12M17 20V8l2-2 2 2v12M3 11h18M3 16h18',
  coverage: 'M2 19h20M4 19c1-7 4-11 8-11s7 4 8 11M8.5 9.5c0 4 1 7 3.5 9.5M15.5 9.5c0 4-1 7-3.5 9.5',
  washing:
    'M3 17V9h10v8M13 12h4l4 3v2h-8M3 17h18M7 19.5a1.8 1.8 0 1 0 .01 0M17 19.5a1.8 1.8 0 1 0 .01 0M5 6V4M9 6V3M13 6V4',
  hardening: 'M8 4 3 20M16 4l5 16M12 5v3M12 11v3M12 17v3',
  'sealed-transport':
    'M2 17V9c3-2.5 9-2.5 12 0v8M14 11h4l4 3.5V17H2M6.5 19.5a1.8 1.8 0 1 0 .01 0M17.5 19.5a1.8 1.8 0 1 0 .01 0M2 12h12',
  'wet-work':
    'M12 3c3.5 4.5 5.5 7.3 5.5 10.2a5.5 5.5 0 0 1-11 0C6.5 10.3 8.5 7.5 12 3M9.5 14a2.6 2.6 0 0 0 2.5 2.5',
  video: 'M3 8.5 15.5 5l1.5 5.5L4.5 14zM17 9l3.5-1M8 13.5V18h5M6 20h9',
  particulates: 'M4 9h10a3 3 0 1 0-3-3M4 13h14a3 3 0 1 1-3 3M4 17h6',
  restrictions: 'M12 3a9 9 0 1 0 .01 0M5.8 5.8l12.4 12.4',
  devices: 'M6 20V10M6 10l6-6 6 6M18 10v10M9 20v-5h6v5',
};

export const itemIcon = (item) => svg('item-icon', 24, line(pictures[item] || pictures.devices));

export const brandIcon = () =>
  svg(
    'brand-icon',
    32,
    h('path', {
      d: 'M16 2.5 27 6.6v8.7c0 6.9-4.5 11.6-11 14.2C9.5 26.9 5 22.2 5 15.3V6.6z',
      fill: 'var(--brand)',
    }),
    h('path', {
      d: 'M9.5 12.5h9a2.3 2.3 0 1 0-2.3-2.3M9.5 16h12.3a2.5 2.5 0 1 1-2.5 2.5M9.5 19.5h6a2 2 0 1 1-2 2',
      fill: 'none',
      stroke: '#fff',
      'stroke-width': 1.8,
      'stroke-linecap': 'round',
    }),
  );
