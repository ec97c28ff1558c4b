/** os: system of the device, without its version. */
import { SYSTEMS } from '../../store/technology-names.ts';
import { unpackTechnology } from '../../store/visits-sql.ts';
import { technologyDimension } from '../dimension.ts';

export const os = technologyDimension(
  {
    name: 'os',
    label: { fr: 'Système', en: 'Operating system' },
    definition: {
      fr: "Système de l'appareil, sans version.",
      en: 'System of the device, without its version.',
    },
  },
  (value) => SYSTEMS[unpackTechnology(value).os] ?? 'unknown',
);
