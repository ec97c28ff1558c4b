/** utm_campaign: parameter utm_campaign of the first page of the visit; read in engagement mode only. */
import { originDimension } from '../dimension.ts';

export const utmCampaign = originDimension({
  name: 'utm_campaign',
  label: { fr: 'Campagne', en: 'Campaign' },
  definition: {
    fr: 'Paramètre utm_campaign de la première page de la visite ; lu en mode engagement seulement.',
    en: 'Parameter utm_campaign of the first page of the visit; read in engagement mode only.',
  },
});
