/** Words of the page of imports. */
import type { Words } from '../../collector/report/metric.ts';

export const imports = {
  title: { fr: 'Import', en: 'Import' },
  lead: {
    fr: "L'historique de votre ancien outil, à côté de vos chiffres, sans s'y mélanger.",
    en: 'The history of your former tool, beside your figures and never mixed with them.',
  },
  upload: { fr: 'Lire un fichier', en: 'Read a file' },
  uploadNote: {
    fr: "Rien n'apparaît dans les rapports avant votre accord. Une seule erreur, et rien n'est pris.",
    en: 'Nothing appears in the reports before you say so. One mistake, and nothing is taken.',
  },
  file: { fr: 'Export de Plausible, Umami ou GoatCounter', en: 'Export of Plausible, Umami or GoatCounter' },
  submit: { fr: 'Lire le fichier', en: 'Read the file' },
  help: { fr: "Comment demander l'export, et ce qui en est repris", en: 'How to ask for the export, and what is taken from it' },
  noFile: { fr: 'Choisissez un fichier.', en: 'Choose a file.' },
  tooLarge: {
    fr: 'Ce fichier dépasse 16 Mo. Exportez une période plus courte : les imports se suivent.',
    en: 'This file is larger than 16 MB. Export a shorter period: imports can follow each other.',
  },
  moving: {
    fr: "Ce site change de base de données. Réessayez dans un quart d'heure.",
    en: 'This site is moving to another database. Try again in a quarter of an hour.',
  },
  mistakes: { fr: "Rien n'a été importé", en: 'Nothing was imported' },
  staged: { fr: 'En attente de votre accord', en: 'Waiting for your yes' },
  stagedNote: { fr: 'Oublié après un jour.', en: 'Forgotten after a day.' },
  shown: { fr: 'Dans les rapports', en: 'In the reports' },
  shownNote: {
    fr: 'Un jour mesuré ici passe toujours avant un jour importé.',
    en: 'A day measured here always comes before an imported one.',
  },
  none: { fr: 'Aucun import dans les rapports.', en: 'No import in the reports.' },
  period: { fr: 'Période du fichier', en: 'Period of the file' },
  taken: { fr: 'Jours repris', en: 'Days taken' },
  visits: { fr: 'Visites', en: 'Visits' },
  pageviews: { fr: 'Pages vues', en: 'Pageviews' },
  events: { fr: 'Événements', en: 'Events' },
  unsaid: { fr: 'le fichier ne le dit pas', en: 'the file does not say' },
  values: { fr: 'Compris', en: 'Understood' },
  leftOut: { fr: 'Laissé de côté', en: 'Left out' },
  confirm: { fr: 'Montrer dans les rapports', en: 'Show in the reports' },
  discard: { fr: 'Jeter', en: 'Discard' },
  remove: { fr: 'Retirer', en: 'Remove' },
  removeForGood: { fr: 'Retirer pour de bon', en: 'Remove for good' },
  done: { fr: 'C’est dans les rapports.', en: 'It is in the reports.' },
  see: { fr: 'Voir ces jours', en: 'Show these days' },
  removed: { fr: "L'import est retiré.", en: 'The import is removed.' },
  gone: { fr: "Cet import n'est plus là.", en: 'This import is not there any more.' },
} satisfies Record<string, Words>;

export const toolNames = { plausible: 'Plausible', umami: 'Umami', goatcounter: 'GoatCounter' } as const;

/** Names of tools, as a list in a sentence. */
export const toolsOf = (tools: readonly string[]): string =>
  tools.map((tool) => Object.entries(toolNames).find(([key]) => key === tool)?.[1] ?? tool).join(', ');

/** What reports say of days that were imported. */
export const importedWords = {
  why: {
    fr: "Ces jours ont été mesurés par un autre outil. Ses chiffres s'ajoutent où ils veulent dire la même chose ; le reste n'est pas mesuré.",
    en: 'These days were measured by another tool. Its figures are added where they mean the same; the rest is not measured.',
  },
  band: { fr: 'Fond grisé : jours importés.', en: 'Shaded: imported days.' },
  row: { fr: 'importé', en: 'imported' },
} satisfies Record<string, Words>;
export const importedPhrases = {
  from: (tools: string, days: string): Words => ({ fr: `Importé de ${tools} : ${days}`, en: `Imported from ${tools}: ${days}` }),
};

export const importPhrases = {
  mistakes: (total: string, one: boolean, all: boolean): Words => ({
    fr: one ? 'Une erreur dans le fichier :' : `${total} erreurs dans le fichier${all ? '' : ', dont les premières'} :`,
    en: one ? 'One mistake in the file:' : `${total} mistakes in the file${all ? '' : ', the first of them'}:`,
  }),
  line: (file: string, line: string, column: string | null): Words => ({
    fr: `${file}, ligne ${line}${column === null ? '' : `, colonne ${column}`}`,
    en: `${file}, line ${line}${column === null ? '' : `, column ${column}`}`,
  }),
  days: (days: string, of: string, all: boolean): Words => ({
    fr: all ? `${days}, tous` : `${days} sur ${of} : les autres sont mesurés ici, dans un autre import, ou pas finis`,
    en: all ? `${days}, all of them` : `${days} of ${of}: the others are measured here, in another import, or not over`,
  }),
  rows: (rows: string): Words => ({ fr: `${rows} lignes`, en: `${rows} rows` }),
};
