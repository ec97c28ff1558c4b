/** Words of the fleet page. */
import type { Words } from '../../collector/report/metric.ts';

export const kiosks = {
  title: { fr: 'Bornes', en: 'Kiosks' },
  lead: {
    fr: "Chaque écran de vos magasins, et la dernière fois qu'il a donné signe de vie.",
    en: 'Every screen in your stores, and when it was last heard of.',
  },
  none: { fr: 'Aucune borne dans ce magasin.', en: 'No kiosk in this store.' },
  noStore: { fr: 'Aucun magasin pour le moment.', en: 'No store yet.' },
  kiosk: { fr: 'Borne', en: 'Kiosk' },
  state: { fr: 'État', en: 'State' },
  tag: { fr: 'Version', en: 'Version' },
  action: { fr: 'Enregistrement', en: 'Enrolment' },
  newCode: { fr: 'Nouveau code', en: 'New code' },
  codeTitle: { fr: "Code d'enregistrement", en: 'Enrolment code' },
  once: { fr: 'Notez-le maintenant : il ne sera plus affiché.', en: 'Note it now: it will not be shown again.' },
  how: {
    fr: "Sur la borne, ouvrez une fois la page avec ceci à la fin de l'adresse :",
    en: 'On the kiosk, open the page once with this at the end of its address:',
  },
} satisfies Record<string, Words>;

export const kioskPhrases = {
  since: (time: string): Words => ({ fr: `depuis ${time}`, en: `for ${time}` }),
  seen: (when: string): Words => ({ fr: `vue ${when}`, en: `seen ${when}` }),
  until: (time: string): Words => ({ fr: `Valable une seule fois, jusqu'à ${time}.`, en: `Works once, until ${time}.` }),
  forKiosk: (kiosk: string): Words => ({ fr: `Nouveau code pour ${kiosk}`, en: `New code for ${kiosk}` }),
};
