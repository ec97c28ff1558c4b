/** prop:NAME: what a property of an event says; one dimension for each name a site uses. */
import { cleanText } from '../../store/clean-text.ts';
import { type Dimension, NONE } from '../dimension.ts';

export const PROP = 'prop:';
const MAX_CHARS = 40;

/** A property of stored props, as text; `(none)` when the event has no such property. */
function readProp(props: string | null, name: string): string {
  if (props === null) return NONE;
  const all: unknown = JSON.parse(props);
  if (typeof all !== 'object' || all === null || !Object.hasOwn(all, name)) return NONE;
  const value: unknown = Reflect.get(all, name);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : NONE;
}

/** The dimension of a property, or undefined where no event can have one of this name. */
export function propDimension(name: string): Dimension | undefined {
  const prop = name.slice(PROP.length);
  if (prop === '' || cleanText(prop, MAX_CHARS) !== prop) return undefined;
  return {
    name,
    label: { fr: `Propriété ${prop}`, en: `Property ${prop}` },
    definition: {
      fr: `Valeur de la propriété ${prop} d'un événement de la visite.`,
      en: `Value of the property ${prop} of an event of the visit.`,
    },
    scope: 'event',
    rollup: null,
    prop,
    of: ({ event }) => (event ? readProp(event.props, prop) : NONE),
    countsVisitors: false,
  };
}
