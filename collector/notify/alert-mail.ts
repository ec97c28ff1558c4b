/** The mail that says which kiosks fell silent and which are back, in French and English, text and HTML. */
import { type Letter, writeHtml, writeText } from './mail-html.ts';

export type KioskChange = { kind: 'offline' | 'online'; kiosk: string; store: string; at: number };
export type AlertParts = { brand: string; link: string; zone: string; changes: readonly KioskChange[] };

const words = {
  fr: {
    locale: 'fr-FR',
    subject: ({ offline, online, one }: Counts) =>
      offline > 0
        ? one
          ? `La borne ${one} ne répond plus`
          : `${offline} bornes ne répondent plus`
        : one
          ? `La borne ${one} est de retour`
          : `${online} bornes sont de retour`,
    line: (c: KioskChange, when: string) =>
      c.kind === 'offline'
        ? `${c.kiosk} (${c.store}) : ne répond plus, signalé ${when}.`
        : `${c.kiosk} (${c.store}) : de retour ${when}.`,
    button: 'Voir les bornes',
    after: ["Une borne qui se tait garde ses inscriptions : rien n'est perdu. Vérifiez l'écran, puis sa connexion."],
    footer: { text: 'Vous avez demandé ces alertes.', label: 'Ne plus les recevoir' },
    orCopy: 'Si le bouton ne fonctionne pas, copiez cette adresse :',
  },
  en: {
    locale: 'en-GB',
    subject: ({ offline, online, one }: Counts) =>
      offline > 0
        ? one
          ? `Kiosk ${one} does not answer`
          : `${offline} kiosks do not answer`
        : one
          ? `Kiosk ${one} is back`
          : `${online} kiosks are back`,
    line: (c: KioskChange, when: string) =>
      c.kind === 'offline'
        ? `${c.kiosk} (${c.store}): does not answer, noticed ${when}.`
        : `${c.kiosk} (${c.store}): back ${when}.`,
    button: 'See the kiosks',
    after: ['A kiosk that is silent keeps its opt-ins: nothing is lost. Look at the screen, then at its connection.'],
    footer: { text: 'You asked for these alerts.', label: 'Stop them' },
    orCopy: 'If the button does not work, copy this address:',
  },
} as const;
type Counts = { offline: number; online: number; one: string | null };

/** One mail for all that changed: a store whose line is down has several kiosks. */
export async function writeAlert(
  language: 'fr' | 'en',
  { brand, link, zone, changes }: AlertParts,
): Promise<{ subject: string; text: string; html: string }> {
  const w = words[language];
  const time = new Intl.DateTimeFormat(w.locale, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  const offline = changes.filter(({ kind }) => kind === 'offline').length;
  const [first] = changes;
  const one = changes.length === 1 && first ? first.kiosk : null;
  const letter: Letter = {
    language,
    subject: w.subject({ offline, online: changes.length - offline, one }),
    brand,
    preview: changes.map(({ kiosk }) => kiosk).join(', '),
    before: changes.map((change) => w.line(change, time.format(change.at))),
    button: { label: w.button, link },
    after: offline > 0 ? w.after : [],
    footer: { ...w.footer, link: `${link}#alerts` },
    orCopy: w.orCopy,
  };
  return { subject: letter.subject, text: writeText(letter), html: await writeHtml(letter) };
}
