/** utm_content: parameter utm_content of the first page of the visit; read in engagement mode only. */
import { originDimension } from '../dimension.ts';

export const utmContent = originDimension({
  name: 'utm_content',
  label: { fr: 'UTM content', en: 'UTM content' },
  definition: {
    fr: 'Paramètre utm_content de la première page de la visite ; lu en mode engagement seulement.',
    en: 'Parameter utm_content of the first page of the visit; read in engagement mode only.',
  },
});
