/** referrer: host of the page that linked to the first page of the visit. */
import { originDimension } from '../dimension.ts';

export const referrer = originDimension({
  name: 'referrer',
  label: { fr: 'Site référent', en: 'Referrer' },
  definition: {
    fr: 'Domaine de la page qui contenait le lien vers la première page de la visite.',
    en: 'Host of the page that linked to the first page of the visit.',
  },
});
