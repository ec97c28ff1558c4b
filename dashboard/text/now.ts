/** Words of what happens now: the strip of the overview, and its page. */
import type { Words } from '../../collector/report/metric.ts';

export const now = {
  title: { fr: 'En ce moment', en: 'Right now' },
  lead: {
    fr: 'Tout le trafic du site, sans filtre, à la minute près.',
    en: 'All traffic of the site, unfiltered, to the minute.',
  },
  visitors: { fr: 'Visiteurs, 5 dernières minutes', en: 'Visitors, last 5 minutes' },
  halfHour: { fr: '30 dernières minutes', en: 'Last 30 minutes' },
  minutes: { fr: 'Minute par minute', en: 'Minute by minute' },
  minute: { fr: 'Minute', en: 'Minute' },
  visitorsShort: { fr: 'Visiteurs', en: 'Visitors' },
  pageviews: { fr: 'Pages vues', en: 'Page views' },
  latest: { fr: 'Dernière inscription', en: 'Latest opt-in' },
  latestAll: { fr: 'Les dernières inscriptions', en: 'The latest opt-ins' },
  noAddress: { fr: 'Sans leurs adresses, gardées à part.', en: 'Without their addresses, which are kept apart.' },
  noOptIn: { fr: 'Aucune inscription pour le moment.', en: 'No opt-in yet.' },
  kiosks: { fr: 'Bornes en service', en: 'Kiosks that are on' },
  kiosksNote: {
    fr: 'Celles qui ont envoyé quelque chose depuis 15 minutes.',
    en: 'Those that sent something in the last 15 minutes.',
  },
  noKiosk: { fr: 'Aucune depuis 15 minutes.', en: 'None in the last 15 minutes.' },
} satisfies Record<string, Words>;

export const nowPhrases = {
  most: (visitors: string): Words => ({ fr: `au plus ${visitors} dans une minute`, en: `at most ${visitors} in a minute` }),
  picture: (visitors: string): Words => ({
    fr: `Visiteurs par minute, 30 dernières minutes : au plus ${visitors}`,
    en: `Visitors by minute, last 30 minutes: at most ${visitors}`,
  }),
  of: (on: string, all: string): Words => ({ fr: `${on} sur ${all}`, en: `${on} of ${all}` }),
};
