/** kiosk: one kiosk; web for the website. */
import { placeOfContact } from '../dimension.ts';

export const kiosk = placeOfContact({
  name: 'kiosk',
  label: { fr: 'Borne', en: 'Kiosk' },
  definition: {
    fr: 'Une borne ; web pour le site.',
    en: 'One kiosk; web for the website.',
  },
});
