/** touchpoint: where it happened: web, or kiosk for a screen in a store. */
import { placeOfContact } from '../dimension.ts';

export const touchpoint = placeOfContact({
  name: 'touchpoint',
  label: { fr: 'Point de contact', en: 'Touchpoint' },
  definition: {
    fr: "Où cela s'est passé : web, ou kiosk pour une borne en magasin.",
    en: 'Where it happened: web, or kiosk for a screen in a store.',
  },
});
