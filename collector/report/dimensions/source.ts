/** source: name of the place that the first page of the visit was reached from. */
import { originDimension } from '../dimension.ts';

export const source = originDimension({
  name: 'source',
  label: { fr: 'Source', en: 'Source' },
  definition: {
    fr: "Nom de l'endroit d'où vient la première page de la visite.",
    en: 'Name of the place that the first page of the visit was reached from.',
  },
});
