/** device: kind of device of the first page of the visit. */
import { DEVICES } from '../../store/technology-names.ts';
import { unpackTechnology } from '../../store/visits-sql.ts';
import { technologyDimension } from '../dimension.ts';

export const device = technologyDimension(
  {
    name: 'device',
    label: { fr: 'Appareil', en: 'Device' },
    definition: {
      fr: "Sorte d'appareil de la première page de la visite.",
      en: 'Kind of device of the first page of the visit.',
    },
  },
  (value) => DEVICES[unpackTechnology(value).device] ?? 'unknown',
);
