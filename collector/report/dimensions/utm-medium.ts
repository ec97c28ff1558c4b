/** utm_medium: parameter utm_medium of the first page of the visit; read in engagement mode only. */
import { originDimension } from '../dimension.ts';

export const utmMedium = originDimension({
  name: 'utm_medium',
  label: { fr: 'UTM medium', en: 'UTM medium' },
  definition: {
    fr: 'Paramètre utm_medium de la première page de la visite ; lu en mode engagement seulement.',
    en: 'Parameter utm_medium of the first page of the visit; read in engagement mode only.',
  },
});
