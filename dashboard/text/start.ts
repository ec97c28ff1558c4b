/** Words of the page that waits for a first visit. */
import type { Words } from '../../collector/report/metric.ts';

export const start = {
  title: { fr: 'En attente de votre première visite', en: 'Waiting for your first visit' },
  lead: {
    fr: 'Collez cette balise dans vos pages, juste avant </head>, puis ouvrez votre site. La première visite apparaît ici en quelques secondes.',
    en: 'Paste this tag into your pages, just before </head>, then open your site. The first visit appears here within seconds.',
  },
  imported: { fr: 'Votre historique importé est déjà là', en: 'Your imported history is already there' },
  tag: { fr: 'Votre balise', en: 'Your tag' },
  pinned: { fr: 'Ou une version figée', en: 'Or a pinned version' },
  pinnedLead: {
    fr: 'Ce fichier ne change jamais, et le navigateur en vérifie le contenu. Choisissez cette ligne si vos règles de sécurité le demandent ; sinon, la première se met à jour toute seule.',
    en: 'This file never changes, and the browser checks its content. Choose this line if your security rules ask for it; otherwise the first one keeps itself up to date.',
  },
  domains: { fr: 'Domaines mesurés', en: 'Measured domains' },
  watching: { fr: 'Nous écoutons. Cette page se met à jour toute seule.', en: 'We are listening. This page updates itself.' },
  paused: { fr: 'Mise à jour automatique arrêtée.', en: 'Automatic updates stopped.' },
  stop: { fr: 'Arrêter la mise à jour', en: 'Stop updating' },
  resume: { fr: 'Reprendre la mise à jour', en: 'Resume updating' },
  arrived: { fr: 'Des messages arrivent, mais ne sont pas comptés', en: 'Messages arrive, but are not counted' },
  silent: { fr: 'Rien n’est encore arrivé', en: 'Nothing has arrived yet' },
  checks: { fr: 'Si rien ne vient', en: 'If nothing comes' },
  more: { fr: 'Poser la balise, pas à pas', en: 'Installing the tag, step by step' },
} satisfies Record<string, Words>;

/** What usually keeps a first visit away, most frequent first. */
export const checks: Words[] = [
  {
    fr: 'Votre propre bloqueur de publicité : essayez dans une fenêtre privée, ou sur un téléphone.',
    en: 'Your own ad blocker: try a private window, or a phone.',
  },
  {
    fr: "Un cache : videz celui de votre site, la page servie n'a peut-être pas encore la balise.",
    en: 'A cache: purge your site’s, the page served may not have the tag yet.',
  },
  {
    fr: 'Un autre domaine : une version de test, ou sans « www », doit figurer dans les domaines ci-dessus.',
    en: 'Another domain: a staging site, or a version without “www”, must be among the domains above.',
  },
  {
    fr: 'Votre outil de consentement : il retient peut-être la balise. La mesure anonyme peut en être dispensée, voyez avec votre DPO.',
    en: 'Your consent tool may hold the tag back. Anonymous measurement may be exempt: ask your DPO.',
  },
  {
    fr: 'Une politique de sécurité (CSP) : autorisez notre adresse dans script-src et connect-src.',
    en: 'A content security policy: allow our address in script-src and connect-src.',
  },
];
