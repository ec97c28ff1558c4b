/** What the channel page says when a referrer is left aside, an address cannot be tried, or a rule cannot be kept. */
import type { EditProblem } from '../../collector/acquisition/edit-rules.ts';
import type { Aside } from '../../collector/acquisition/origin.ts';
import type { RuleProblem } from '../../collector/acquisition/read-rule.ts';
import type { TrialProblem } from '../../collector/acquisition/try-address.ts';
import type { Words } from '../../collector/report/metric.ts';

export const asides: Record<Aside, (host: string) => Words> = {
  own: (host) => ({
    fr: `${host} est votre propre site : ce n’est pas une provenance.`,
    en: `${host} is your own site: nobody comes from there.`,
  }),
  payment: (host) => ({
    fr: `${host} est une page de paiement : elle ramène des visiteurs sans les avoir envoyés.`,
    en: `${host} is a payment page: it brings visitors back without having sent them.`,
  }),
  sign_in: (host) => ({
    fr: `${host} est une page de connexion : elle ramène des visiteurs sans les avoir envoyés.`,
    en: `${host} is a sign-in page: it brings visitors back without having sent them.`,
  }),
  own_rule: (host) => ({
    fr: `${host} est laissé de côté par une de vos règles.`,
    en: `${host} is left aside by one of your rules.`,
  }),
};

export const trialProblems: Record<TrialProblem, Words> = {
  bad_address: { fr: "Cette adresse n'est pas celle d'une page web.", en: 'This is not the address of a web page.' },
  wrong_host: {
    fr: "Ce domaine n'est pas dans la liste de ce site : la visite serait refusée.",
    en: 'This domain is not on this site’s list: the visit would be refused.',
  },
  bad_referrer: {
    fr: "Cette provenance n'est ni un site ni une application Android (android-app://…).",
    en: 'This is neither a website nor an Android app (android-app://…).',
  },
};

export const ruleProblems: Record<RuleProblem | EditProblem | 'changed', Words> = {
  no_condition: { fr: 'Dites au moins quand la règle s’applique.', en: 'Say at least when the rule applies.' },
  no_effect: {
    fr: 'Cette règle ne changerait rien : choisissez un canal ou donnez un nom.',
    en: 'This rule would change nothing: choose a channel or give a name.',
  },
  bad_referrer: {
    fr: 'Ce n’est pas un domaine. Écrivez par exemple partenaire.fr ou *.partenaire.*',
    en: 'This is not a domain. Write for example partner.com or *.partner.*',
  },
  own_referrer: {
    fr: 'C’est votre propre site : il n’est jamais une provenance.',
    en: 'This is your own site: nobody ever comes from there.',
  },
  aside_already: {
    fr: 'Cette page de paiement ou de connexion est déjà laissée de côté.',
    en: 'This payment or sign-in page is left aside already.',
  },
  aside_needs_referrer: {
    fr: 'Pour laisser un référent de côté, dites lequel.',
    en: 'To leave a referrer aside, say which one.',
  },
  too_long: { fr: 'Ce texte est trop long.', en: 'This text is too long.' },
  unknown_channel: { fr: 'Choisissez un canal de la liste.', en: 'Choose a channel from the list.' },
  too_many: {
    fr: 'La liste est pleine : supprimez une règle, ou réunissez-en deux avec une étoile.',
    en: 'The list is full: delete a rule, or make one of two with a star.',
  },
  gone: { fr: 'Cette règle n’existe plus.', en: 'This rule is not there any more.' },
  same: {
    fr: 'Une autre règle demande déjà exactement cela : modifiez-la.',
    en: 'Another rule asks for exactly this already: edit that one.',
  },
  changed: {
    fr: 'Quelqu’un d’autre vient de changer les règles : voici la liste à jour. Recommencez s’il le faut.',
    en: 'Somebody else has just changed the rules: here is the list as it is now. Try again if you need to.',
  },
};
