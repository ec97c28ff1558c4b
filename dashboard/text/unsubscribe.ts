/** Words of the page behind "unsubscribe", read by the public. */
import type { Words } from '../../collector/report/metric.ts';

export const unsubscribe = {
  title: { fr: 'Se désinscrire', en: 'Unsubscribe' },
  withdraw: { fr: 'Me désinscrire', en: 'Unsubscribe me' },
  withdrawHelp: {
    fr: 'C’est immédiat, et rien d’autre n’est demandé.',
    en: 'It takes effect at once, and nothing else is asked.',
  },
  unlink: { fr: 'Seulement ne plus relier mes visites', en: 'Only stop linking my visits' },
  unlinkHelp: {
    fr: 'Les e-mails continuent ; vos visites en magasin et en ligne ne sont plus rapprochées.',
    en: 'E-mails go on; your visits in store and online are no longer brought together.',
  },
  done: { fr: 'Vous êtes désinscrit', en: 'You are unsubscribed' },
  doneLead: {
    fr: 'Vous ne recevrez plus ces e-mails. Pour revenir un jour, remplissez le formulaire à nouveau.',
    en: 'You will no longer receive these e-mails. To come back one day, fill in the form again.',
  },
  unlinked: { fr: 'Vos visites ne sont plus reliées', en: 'Your visits are no longer linked' },
  unlinkedLead: { fr: 'Votre inscription aux e-mails continue.', en: 'Your e-mail subscription goes on.' },
  nothing: { fr: 'Vous n’êtes pas inscrit', en: 'You are not subscribed' },
  nothingLead: {
    fr: 'Il n’y a rien à arrêter : cette inscription a déjà été retirée ou effacée.',
    en: 'There is nothing to end: this subscription was withdrawn or deleted before.',
  },
  unknown: { fr: 'Ce lien ne mène nulle part', en: 'This link leads nowhere' },
  unknownLead: {
    fr: 'Il est incomplet. Ouvrez-le à nouveau depuis l’e-mail.',
    en: 'It is cut short. Open it again from the e-mail.',
  },
} satisfies Record<string, Words>;

export const unsubscribeLead = (site: string): Words => ({
  fr: `Ne plus recevoir les e-mails de ${site} ?`,
  en: `Stop receiving e-mails from ${site}?`,
});
