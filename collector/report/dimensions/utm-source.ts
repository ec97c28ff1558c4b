/** utm_source: parameter utm_source of the first page of the visit; read in engagement mode only. */
import { originDimension } from '../dimension.ts';

export const utmSource = originDimension({
  name: 'utm_source',
  label: { fr: 'UTM source', en: 'UTM source' },
  definition: {
    fr: 'Paramètre utm_source de la première page de la visite ; lu en mode engagement seulement.',
    en: 'Parameter utm_source of the first page of the visit; read in engagement mode only.',
  },
});
