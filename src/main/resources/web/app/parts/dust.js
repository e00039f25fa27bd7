// Whose dust it was: numbers beside a particulate verdict. What nobody measured is left out.
import { h } from 'vue';
import { t } from '../words.js';
import { number } from '../format.js';

const air = ['own', 'background', 'upwind', 'downwind', 'neighbours'];

const line = (word, shown) => [h('dt', word), h('dd', shown)];

const works = (minutes) =>
  Object.entries(minutes)
    .map(([work, n]) => `${t(`works.${work}`)} ${t('span.min', { n: Math.round(n) })}`)
    .join(' · ');

export function dustOf(dust) {
  if (!dust) return null;
  const has = (key) => dust[key] !== undefined;
  return h('details', { class: 'dust', open: dust.about === 'exceeded' || undefined }, [
    h('summary', `${t('dust.title')} · ${t(`dust.about.${dust.about}`, { n: dust.windows ?? 0 })}`),
    h('dl', [
      ...air.filter(has).map((key) =>
        line(
          key === 'neighbours' && has('neighbourSites')
            ? `${t('dust.neighbours')} (${dust.neighbourSites})`
            : t(`dust.${key}`),
          `${number(dust[key])} µg/m³`,
        ),
      ),
      has('windSpeed')
        ? line(
            t('dust.wind'),
            `${number(dust.windSpeed)} m/s${has('windFrom') ? ` · ${t('dust.from', { n: Math.round(dust.windFrom) })}` : ''}`,
          )
        : null,
      has('workMinutes') && Object.keys(dust.workMinutes).length
        ? line(t('dust.works'), works(dust.workMinutes))
        : null,
      has('loadedTrucks') ? line(t('dust.trucks'), number(dust.loadedTrucks)) : null,
      has('sprayMinutes') ? line(t('dust.spray'), t('span.min', { n: Math.round(dust.sprayMinutes) })) : null,
      has('rainMm') ? line(t('dust.rain'), `${number(dust.rainMm)} mm`) : null,
    ]),
    h('small', t('dust.words')),
  ]);
}
