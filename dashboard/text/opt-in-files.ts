/** Words of the page of files: opt-ins out, unsubscribes and bounces back in. */
import type { ReturnKind } from '../../collector/people/returns/return.ts';
import type { Words } from '../../collector/report/metric.ts';

export const optInFiles = {
  title: { fr: 'Fichiers des inscriptions', en: 'Opt-in files' },
  lead: {
    fr: 'Les inscriptions en tableau, et le retour des désinscriptions de votre outil d’e-mail.',
    en: 'Opt-ins as a table, and the unsubscribes of your e-mail tool back in.',
  },
  help: { fr: "Mode d'emploi", en: 'How it works' },
  out: { fr: 'Sortir les inscriptions', en: 'Take opt-ins out' },
  outNote: {
    fr: 'Chaque inscription avec son état, ses dates et son libellé. Chaque export est noté.',
    en: 'Every opt-in with its state, dates and wording. Each export is written down.',
  },
  plain: { fr: 'Sans adresses (CSV)', en: 'Without addresses (CSV)' },
  excel: { fr: 'Sans adresses (Excel en français)', en: 'Without addresses (Excel in French)' },
  addresses: { fr: 'Avec les adresses', en: 'With addresses' },
  reason: { fr: 'Motif', en: 'Reason' },
  reasonHint: {
    fr: 'À quoi serviront ces adresses. Noté avec votre nom.',
    en: 'What these addresses are for. Written down with your name.',
  },
  csv: { fr: 'CSV', en: 'CSV' },
  frenchExcel: { fr: 'Excel en français', en: 'Excel in French' },
  download: { fr: 'Télécharger avec les adresses', en: 'Download with addresses' },
  noAddresses: {
    fr: 'Votre rôle ne voit pas les adresses.',
    en: 'Your role does not see addresses.',
  },
  back: { fr: 'Faire revenir les désinscriptions', en: 'Bring unsubscribes back' },
  backNote: {
    fr: 'Un CSV de votre outil, avec une colonne « email ». Une seule erreur, et rien n’est changé.',
    en: 'A CSV of your tool, with a column “email”. One mistake, and nothing is changed.',
  },
  file: { fr: 'Fichier, 20 Mo au plus', en: 'File, at most 20 MB' },
  kind: { fr: 'Ces lignes sont', en: 'These rows are' },
  byColumn: { fr: 'ce que dit la colonne « type »', en: 'what the column “type” says' },
  submit: { fr: 'Lire le fichier', en: 'Read the file' },
  noFile: { fr: 'Choisissez un fichier.', en: 'Choose a file.' },
  tooLarge: {
    fr: 'Ce fichier dépasse 20 Mo : envoyez-le en plusieurs fois.',
    en: 'This file is larger than 20 MB: send it in parts.',
  },
  mistakes: { fr: "Rien n'a été changé", en: 'Nothing was changed' },
} satisfies Record<string, Words>;

export const returnKinds: Record<ReturnKind, Words> = {
  withdrawn: { fr: 'des désinscriptions', en: 'unsubscribes' },
  bounced: { fr: 'des e-mails revenus pour de bon', en: 'mails that came back for good' },
  complained: { fr: 'des plaintes pour spam', en: 'complaints of spam' },
};

export const optInFilePhrases = {
  taken: (addresses: string, known: string, ended: string): Words => ({
    fr: `Adresses lues : ${addresses}. Connues ici : ${known}. Inscriptions terminées : ${ended}.`,
    en: `Addresses read: ${addresses}. Known here: ${known}. Opt-ins ended: ${ended}.`,
  }),
  mistakes: (total: string, one: boolean): Words => ({
    fr: one ? 'Une erreur dans le fichier :' : `${total} erreurs dans le fichier, dont les premières :`,
    en: one ? 'One mistake in the file:' : `${total} mistakes in the file, the first of them:`,
  }),
  line: (line: string): Words => ({ fr: `Ligne ${line} :`, en: `Line ${line}:` }),
};
