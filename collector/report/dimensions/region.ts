/** region: region of the first page of the visit, as the network tells. */
import { placeDimension } from '../dimension.ts';

export const region = placeDimension({
  name: 'region',
  label: { fr: 'Région', en: 'Region' },
  definition: {
    fr: "Région de la première page de la visite, d'après le réseau.",
    en: 'Region of the first page of the visit, as the network tells.',
  },
});
