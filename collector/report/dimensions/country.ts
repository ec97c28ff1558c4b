/** country: country of the first page of the visit, as the network tells. */
import { placeDimension } from '../dimension.ts';

export const country = placeDimension({
  name: 'country',
  label: { fr: 'Pays', en: 'Country' },
  definition: {
    fr: "Pays de la première page de la visite, d'après le réseau.",
    en: 'Country of the first page of the visit, as the network tells.',
  },
});
