// Numbers, shares, times. A time is shown as the site's wall clock, taken from its own offset.
import { t, language } from './words.js';

export const clock = (time) => (time ? time.slice(11, 16) : '');
export const clockSeconds = (time) => (time ? time.slice(11, 19) : '');
export const day = (time) => (time ? time.slice(5, 10) : '');

// The wall clock, with the day when it is not the day of `now`.
export function moment(time, now) {
  if (!time) return '';
  return now && now.slice(0, 10) === time.slice(0, 10) ? clock(time) : `${day(time)} ${clock(time)}`;
}

export function span(from, to) {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  return spanOf(seconds);
}

export function spanOf(seconds) {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 60 || (seconds < 90 && seconds % 60 !== 0)) return t('span.s', { n: Math.round(seconds) });
  if (seconds < 5400 && seconds % 3600 !== 0) return t('span.min', { n: Math.round(seconds / 60) });
  if (seconds < 172800 && seconds % 86400 !== 0) return t('span.h', { n: trim(seconds / 3600) });
  return t('span.d', { n: trim(seconds / 86400) });
}

const trim = (value) => (value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value)));

// 'PT1M', 'P1D' in seconds.
export function seconds(period) {
  const m = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(period || '');
  return m ? (+m[1] || 0) * 86400 + (+m[2] || 0) * 3600 + (+m[3] || 0) * 60 + (+m[4] || 0) : NaN;
}

// A share as a percentage that never rounds up to 100: 79 of 80 is not 100 %.
export function percent(share) {
  const value = share * 100;
  const shown = value >= 100 ? 100 : Math.floor(value * 10) / 10;
  return Number.isInteger(shown) ? String(shown) : shown.toFixed(1);
}

// A share of trouble never rounds down to none.
export const percentUp = (share) => {
  const shown = Math.ceil(share * 1000 - 1e-9) / 10;
  return Number.isInteger(shown) ? String(shown) : shown.toFixed(1);
};

export function range(low, high) {
  if (low === undefined || high === undefined) return '—';
  return percent(low) === percent(high) ? percent(low) : `${percent(low)}–${percent(high)}`;
}

export function number(value, digits = 1) {
  if (value === undefined || value === null) return '—';
  return value.toLocaleString(language.value, { maximumFractionDigits: digits });
}

// A region path that a narrow column breaks after its slashes.
export const breakable = (path) => path.replaceAll('/', '/\u200b');

// A reason's parameter as a person reads it.
export function param(key, value, code) {
  if (Array.isArray(value))
    return value.map((each) => param(key, each, code)).join(language.value === 'zh' ? '、' : ', ');
  if (typeof value === 'number')
    return code === 'share-low' && key === 'limit'
      ? `${percent(value)} %`
      : /share|capture|ratio|minimum|margin/i.test(key) && value <= 1
        ? `${percent(value)} %`
        : number(value);
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return clock(value);
  if (/^P(T?\d)/.test(value)) return spanOf(seconds(value));
  if (key === 'item') return t(`item.${value}`);
  if (/activity|cause|how/.test(key))
    return String(value)
      .split(/[,+ ]+/)
      .map((word) => t(`term.${word}`))
      .join(language.value === 'zh' ? '、' : ', ');
  return value;
}
