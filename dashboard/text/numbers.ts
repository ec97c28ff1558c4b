/** Units and small phrases around numbers. */
import type { Words } from '../../collector/report/metric.ts';

export const numbers = {
  seconds: (s: string): Words => ({ fr: `${s} s`, en: `${s} s` }),
  minutes: (m: string, s: string): Words => ({ fr: `${m} min ${s} s`, en: `${m} min ${s} s` }),
  hours: (h: string, m: string): Words => ({ fr: `${h} h ${m} min`, en: `${h} h ${m} min` }),
  points: (n: string): Words => ({ fr: `${n} pt`, en: `${n} pt` }),
  between: (low: string, high: string): Words => ({ fr: `entre ${low} et ${high} %`, en: `${low} to ${high}%` }),
  weekOf: (day: string): Words => ({ fr: `semaine du ${day}`, en: `week of ${day}` }),
  justNow: { fr: "à l'instant", en: 'just now' },
};
