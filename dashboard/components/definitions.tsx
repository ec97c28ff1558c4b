/** The definition cards of every metric on the overview, once each; any number's label opens its own. */
import { metricOf } from '../../collector/report/metrics.ts';
import type { Overview } from '../../collector/report/result.ts';
import type { Ui } from '../ui.ts';
import { DefinitionCard } from './definition.tsx';

/** @param headline names of the headline's metrics: their cards say coverage, interval, and why a value is missing. */
export const Definitions = ({ ui, overview, headline }: { ui: Ui; overview: Overview; headline: readonly string[] }) => {
  const names = new Set([...headline, ...overview.touchpoints.metrics, ...overview.pages.metrics, ...overview.sources.metrics]);
  return (
    <>
      {[...names].map((name) => {
        const metric = metricOf(name);
        if (!metric) return null;
        const column = headline.indexOf(name);
        const missing = column >= 0 && (overview.headline.metrics[column] ?? null) === null;
        const interval = missing || column < 0 ? undefined : overview.headline.intervals?.[name];
        return (
          <DefinitionCard
            ui={ui}
            metric={metric}
            coverage={overview.meta.coverage[name]}
            interval={interval}
            why={missing ? (overview.meta.not_measured[name] ?? null) : null}
          />
        );
      })}
    </>
  );
};
