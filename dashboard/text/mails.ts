/** Words of the demo's outbox. */
import type { Words } from '../../collector/report/metric.ts';

export const mails = {
  title: { fr: 'E-mails envoyés', en: 'Sent mail' },
  lead: {
    fr: "Cette démonstration n'envoie rien : les e-mails arrivent ici, pour que vous puissiez confirmer une inscription.",
    en: 'This demo sends nothing: mail arrives here, so that you can confirm an opt-in.',
  },
  none: {
    fr: 'Aucun e-mail. Inscrivez-vous sur le site de démonstration, il apparaîtra ici.',
    en: 'No mail yet. Sign up on the demo site and it will appear here.',
  },
  to: { fr: 'À', en: 'To' },
} satisfies Record<string, Words>;
