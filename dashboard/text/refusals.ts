/** Every reason why a hit is not counted, in plain words: a short name, and what to do about it. */
import type { Words } from '../../collector/report/metric.ts';
import { REFUSALS, type Refusal } from '../../collector/wire.ts';

const reason = (fr: string, en: string, doFr: string, doEn: string): { name: Words; advice: Words } => ({
  name: { fr, en },
  advice: { fr: doFr, en: doEn },
});

export const refusals: Record<Refusal, { name: Words; advice: Words }> = {
  wrong_host: reason(
    'Domaine non autorisé',
    'Domain not allowed',
    "La page se trouve sur un domaine qui n'est pas dans la liste de ce site. Ajoutez-le s'il est à vous : un site de test, une version sans « www ».",
    'The page is on a domain that is not on this site’s list. Add it if it is yours: a staging site, a version without “www”.',
  ),
  bot: reason(
    'Robots',
    'Bots',
    "Moteurs de recherche, surveillance, extraction automatique. C'est normal : ils ne comptent pas.",
    'Search engines, monitoring, scraping. This is normal: they do not count.',
  ),
  prefetch: reason(
    'Pages préchargées',
    'Prefetched pages',
    "Le navigateur a chargé la page d'avance, sans que personne la voie. C'est normal.",
    'The browser loaded the page ahead of time and nobody saw it. This is normal.',
  ),
  data_centre: reason(
    'Machines en centre de données',
    'Machines in data centres',
    'Des programmes qui se présentent comme un navigateur, depuis un hébergeur, sans en avoir les habitudes. Rien à faire. Un vrai visiteur derrière un VPN, lui, compte.',
    'Programs that pose as a browser, from a hosting company, without a browser’s habits. Nothing to do. A real visitor behind a VPN does count.',
  ),
  excluded: reason(
    'Pages exclues',
    'Excluded pages',
    'Vous avez demandé à ne pas mesurer ces pages (data-exclude).',
    'You asked for these pages not to be measured (data-exclude).',
  ),
  spam_referrer: reason(
    'Faux référents',
    'Spam referrers',
    'Des sites qui se font passer pour une source de visites. Rien à faire.',
    'Sites that pose as a source of visits. Nothing to do.',
  ),
  unknown_site: reason(
    'Clé de site inconnue',
    'Unknown site key',
    'La clé dans data-site est fausse ou incomplète. Copiez la balise à nouveau.',
    'The key in data-site is wrong or cut short. Copy the tag again.',
  ),
  too_old: reason(
    'Arrivés trop tard',
    'Arrived too late',
    "Plus de 30 jours après les faits, ou plus d'une heure sans stockage. Les inscriptions, elles, ne sont jamais trop vieilles.",
    'More than 30 days after the fact, or more than an hour without storage. Opt-ins are never too old.',
  ),
  bad_time: reason(
    'Durée impossible',
    'Impossible time',
    'Un temps négatif, ou plus de 24 heures sur une page.',
    'A negative time, or more than 24 hours on one page.',
  ),
  bad_url: reason(
    'Adresse de page illisible',
    'Unreadable page address',
    "L'adresse de la page n'est pas une adresse web complète. Vérifiez data-page.",
    'The address of the page is not a complete web address. Check data-page.',
  ),
  bad_message: reason(
    'Message incomplet',
    'Incomplete message',
    'Il manque un champ, ou un texte est trop long. Le reste de l’envoi a été compté.',
    'A field is missing or a text is too long. The rest of the request was counted.',
  ),
  malformed: reason(
    'Envoi illisible',
    'Unreadable request',
    "Ce n'est pas un envoi de notre balise, ou un logiciel l'a modifié en chemin.",
    'This did not come from our tag, or something changed it on the way.',
  ),
  too_large: reason(
    'Envoi trop gros',
    'Request too large',
    'Plus de 64 Ko en une fois : notre balise ne fait jamais cela.',
    'More than 64 KB at once: our tag never does this.',
  ),
  too_many: reason(
    'Trop de messages à la fois',
    'Too many messages at once',
    'Plus de 50 messages en un envoi : notre balise ne fait jamais cela.',
    'More than 50 messages in one request: our tag never does this.',
  ),
  quota: reason(
    'Trop de messages en retard',
    'Too many late messages',
    'Les envois de plus de 48 heures non signés sont limités par jour, pour que personne ne réécrive le passé.',
    'Unsigned messages older than 48 hours are limited per day, so that nobody can rewrite the past.',
  ),
  id_conflict: reason(
    'Identifiant déjà pris',
    'Id already taken',
    'Un même numéro de page vue pour deux visiteurs : le premier reçu est gardé.',
    'One pageview number for two visitors: the first received is kept.',
  ),
  needs_engagement: reason(
    "Accord d'engagement absent",
    'No engagement consent',
    "Identifier un visiteur n'est possible qu'après son accord. Appelez comptoir('consent', {engagement: true}) quand il l'a donné.",
    "A visitor can be identified only after consent. Call comptoir('consent', {engagement: true}) once it is given.",
  ),
  address_as_id: reason(
    'Adresse e-mail utilisée comme identifiant',
    'E-mail address used as an id',
    "identify attend un identifiant opaque, jamais une adresse e-mail. Rien n'a été gardé.",
    'identify takes an opaque id, never an e-mail address. Nothing was kept.',
  ),
  unknown_wording: reason(
    'Texte de consentement inconnu',
    'Unknown consent wording',
    "Le formulaire cite un texte, ou une case, qui n'est pas enregistré pour ce site.",
    'The form names a wording, or a box, that is not registered for this site.',
  ),
  bad_address: reason(
    'Adresse e-mail invalide',
    'Invalid e-mail address',
    "L'adresse saisie ne peut pas recevoir d'e-mail.",
    'The address typed cannot receive mail.',
  ),
  bad_seal: reason(
    'Inscription illisible',
    'Opt-in that cannot be opened',
    "Une borne l'a chiffrée avec une clé que ce Comptoir n'a pas. La borne la garde. Vérifiez que ADDRESS_SECRET n'a pas changé.",
    'A kiosk sealed it with a key that this Comptoir does not have. The kiosk keeps it. Check that ADDRESS_SECRET has not changed.',
  ),
  box_ticked: reason(
    'Case cochée d’avance',
    'Box ticked beforehand',
    "Une case cochée d'avance n'est pas un consentement. Le formulaire doit la présenter vide.",
    'A box ticked beforehand is no consent. The form must show it empty.',
  ),
  no_box: reason(
    'Case non cochée',
    'Box not ticked',
    'La personne a envoyé le formulaire sans cocher la case qui accepte les e-mails.',
    'The person sent the form without ticking the box that accepts e-mails.',
  ),
  needs_kiosk: reason(
    'Réservé aux bornes',
    'For kiosks only',
    'Seule une borne enregistrée peut envoyer ce message.',
    'Only an enrolled kiosk may send this message.',
  ),
  unknown_device: reason(
    'Borne inconnue ou révoquée',
    'Unknown or revoked kiosk',
    "La borne garde tout en attendant : donnez-lui un nouveau code d'enregistrement.",
    'The kiosk keeps everything meanwhile: give it a new enrolment code.',
  ),
  bad_signature: reason(
    'Signature de borne invalide',
    'Invalid kiosk signature',
    'Le message a été modifié, ou la borne a changé de clé. Enregistrez-la à nouveau.',
    'The message was changed, or the kiosk has another key. Enrol it again.',
  ),
  bad_code: reason(
    "Code d'enregistrement invalide",
    'Invalid enrolment code',
    'Un code fonctionne une seule fois, pendant 15 minutes. Faites-en un nouveau.',
    'A code works once, for 15 minutes. Make a new one.',
  ),
};

const isRefusal = (text: string): text is Refusal => REFUSALS.some((name) => name === text);
/** The words of a reason, or null when a newer collector knows one that we do not. */
export const refusalOf = (text: string) => (isRefusal(text) ? refusals[text] : null);
