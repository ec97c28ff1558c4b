/** What the form says itself. Everything a person agrees to comes from the wording registry and stands nowhere here. */
const fr = {
  email: 'Votre adresse e-mail',
  send: 'M’inscrire',
  mean: ['Vouliez-vous dire ', '\u00a0?'],
  privacy: 'Politique de confidentialité',
  colon: '\u00a0: ',
  bad_address: 'Cette adresse semble incomplète. Exemple\u00a0: prenom@exemple.fr',
  no_box: 'Cochez la case ci-dessus pour vous inscrire.',
  failed: 'L’inscription n’a pas pu être enregistrée. Réessayez dans un moment.',
  thanks: 'Merci.',
  next: 'Un e-mail va partir : un clic y confirmera votre inscription.',
  done: 'Terminer',
};

const en: typeof fr = {
  email: 'Your e-mail address',
  send: 'Sign up',
  mean: ['Did you mean ', '?'],
  privacy: 'Privacy policy',
  colon: ': ',
  bad_address: 'This address looks incomplete. Example: name@example.com',
  no_box: 'Tick the box above to sign up.',
  failed: 'Your request could not be saved. Please try again in a moment.',
  thanks: 'Thank you.',
  next: 'An e-mail is on its way: one click in it confirms your request.',
  done: 'Finish',
};

export type Texts = typeof fr;
export const textsOf = (language: string): Texts => (/^fr/.test(language) ? fr : en);
