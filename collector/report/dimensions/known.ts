/** known: visits that are known or not; for visitors: known or not at the end of their last day in the period. */
import { type Dimension, NO, YES } from '../dimension.ts';

export const known: Dimension = {
  name: 'known',
  label: { fr: 'Connu', en: 'Known' },
  definition: {
    fr: 'Visites connues ou non ; pour les visiteurs : connus ou non à la fin de leur dernier jour dans la période.',
    en: 'Visits that are known or not; for visitors: known or not at the end of their last day in the period.',
  },
  scope: 'person',
  rollup: 'known',
  unpack: (value) => (value === 1 ? YES : NO),
  of: (seen) => (seen.known ? YES : NO),
  needs: 'acts',
  countsVisitors: false,
};
