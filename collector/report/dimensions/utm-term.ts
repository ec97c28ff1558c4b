/** utm_term: parameter utm_term of the first page of the visit; read in engagement mode only. */
import { originDimension } from '../dimension.ts';

export const utmTerm = originDimension({
  name: 'utm_term',
  label: { fr: 'UTM term', en: 'UTM term' },
  definition: {
    fr: 'Paramètre utm_term de la première page de la visite ; lu en mode engagement seulement.',
    en: 'Parameter utm_term of the first page of the visit; read in engagement mode only.',
  },
});
