/** Which acts, visits or visitors of a period a figure is about, in words. */
import type { Counts, Words } from './metric.ts';

const byOwnTime: Words = { fr: 'actes de la période, à leur propre date', en: 'acts of the period, by their own time' };

export const WINDOWS: Record<Counts, Words> = {
  acts: byOwnTime,
  events: byOwnTime,
  exposures: byOwnTime,
  visits: {
    fr: "visites commencées dans la période, avec ce qu'elles ont fait en 24 heures",
    en: 'visits begun in the period, with what they did within 24 hours',
  },
  visitors: {
    fr: 'visiteurs actifs dans la période, à leur dernier jour actif',
    en: 'visitors active in the period, as of their last active day',
  },
  kiosk_visits: {
    fr: 'visites de bornes commencées dans la période',
    en: 'kiosk visits begun in the period',
  },
  days: {
    fr: "les 28 jours qui s'arrêtent avec la période",
    en: 'the 28 days that end with the period',
  },
};
