/** The definition cards of every metric on a page, once each; any number's label opens its own. */
import { metricOf } from '../../collector/report/metrics.ts';
import type { About, Row } from '../../collector/report/result.ts';
import type { Ui } from '../ui.ts';
import { DefinitionCard } from './definition.tsx';

/** `about`: what answers say about their figures; the first one that knows a metric speaks for the page. */
type Props = { ui: Ui; names: Iterable<string>; about: readonly About[]; intervals?: Row['intervals'] };

export const Definitions = ({ ui, names, about, intervals }: Props) => (
  <>
    {[...new Set(names)].map((name) => {
      const metric = metricOf(name);
      if (!metric) return null;
      const coverage = about.map((one) => one.coverage[name]).find((share) => share !== undefined);
      const why = about.map((one) => one.not_measured[name]).find((reason) => reason !== undefined);
      return <DefinitionCard ui={ui} metric={metric} coverage={coverage} interval={intervals?.[name]} why={why ?? null} />;
    })}
  </>
);
