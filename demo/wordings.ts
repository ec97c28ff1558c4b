/** The wordings of the demo brand's opt-in: what the form shows, and what `npm start` seeds the wording registry with. */

export type DemoWording = {
  id: string;
  language: 'fr' | 'en';
  title: string;
  /** In the order shown. No box is ever ticked beforehand. */
  boxes: { name: string; label: string }[];
  note: string;
  /** Path on the shop's own origin. */
  privacyUrl: string;
};

export const demoWordings: DemoWording[] = [
  {
    id: 'newsletter-fr-1',
    language: 'fr',
    title: 'Recevoir les nouvelles de Maison Amarante',
    boxes: [
      { name: 'news', label: 'J’accepte de recevoir par e-mail les nouveautés et invitations de Maison Amarante.' },
      { name: 'link', label: 'J’accepte que mes visites en boutique et en ligne soient reliées à mon profil.' },
    ],
    note: 'Vous pouvez vous désinscrire à tout moment par le lien présent dans chaque e-mail.',
    privacyUrl: '/confidentialite',
  },
  {
    id: 'newsletter-en-1',
    language: 'en',
    title: 'Hear from Maison Amarante',
    boxes: [
      { name: 'news', label: 'I agree to receive news and invitations from Maison Amarante by e-mail.' },
      { name: 'link', label: 'I agree that my visits in store and online are linked to my profile.' },
    ],
    note: 'You can unsubscribe at any time with the link in every e-mail.',
    privacyUrl: '/en/confidentialite',
  },
];

/** The wording shown to a reader of one language. */
export function wordingFor(language: 'fr' | 'en'): DemoWording {
  const found = demoWordings.find((wording) => wording.language === language);
  if (!found) throw new Error(`demo/wordings.ts has no wording in "${language}"`);
  return found;
}
