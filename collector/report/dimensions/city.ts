/** city: city of the first page of the visit, as the network tells. */
import { placeDimension } from '../dimension.ts';

export const city = placeDimension({
  name: 'city',
  label: { fr: 'Ville', en: 'City' },
  definition: {
    fr: "Ville de la première page de la visite, d'après le réseau.",
    en: 'City of the first page of the visit, as the network tells.',
  },
});
