/** event: name of an event of the visit. A visit counts once for each of its events. */
import type { Dimension } from '../dimension.ts';

export const event: Dimension = {
  name: 'event',
  label: { fr: 'Événement', en: 'Event' },
  definition: {
    fr: "Nom d'un événement de la visite. Une visite compte une fois pour chacun de ses événements.",
    en: 'Name of an event of the visit. A visit counts once for each of its events.',
  },
  scope: 'event',
  rollup: 'event',
  dictionary: { table: 'names', column: 'name' },
  countsVisitors: false,
};
