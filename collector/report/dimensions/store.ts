/** store: store of the kiosk; web for the website. */
import { placeOfContact } from '../dimension.ts';

export const store = placeOfContact({
  name: 'store',
  label: { fr: 'Magasin', en: 'Store' },
  definition: {
    fr: 'Magasin de la borne ; web pour le site.',
    en: 'Store of the kiosk; web for the website.',
  },
});
