/** All stores side by side: ranked where they can be told apart, alphabetical where they cannot. */
import type { FleetStore } from '../../collector/fleet/stores.ts';
import { type Ranked, rankApart } from '../../collector/report/rank-apart.ts';
import type { QueryResult, Row } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import type { PlaceRow } from '../components/place-figures.tsx';
import { type Looked, PlaceSection } from '../components/place-section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { storePhrases, stores as text } from '../text/stores.ts';
import type { Ui } from '../ui.ts';

type Store = FleetStore['store'];
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  stores: readonly Store[];
  inService: ReadonlySet<number>;
  nameOf: (store: Store) => string;
  looked: Looked;
};

const Rank = ({ ui, rank }: { ui: Ui; rank: Ranked<unknown>['rank'] }) => {
  if (!rank) return <span class="unmeasured">{ui.say(text.noRank)}</span>;
  const { from, to } = rank;
  return from === to ? (
    <b>{ui.say(storePhrases.rank(from))}</b>
  ) : (
    <span class="remark">{ui.say(storePhrases.between(from, to))}</span>
  );
};

export const StoresPage = ({ ui, frame, site, stores, inService, nameOf, looked }: Props) => {
  const rows = (answer: QueryResult): PlaceRow[] => {
    const byName = new Map<string, Row>(answer.results.map((row) => [row.dimensions[0] ?? '', row]));
    const rowOf = (store: Store) => byName.get(nameOf(store)) ?? null;
    const intervalOf = (store: Store) => rowOf(store)?.intervals?.opt_in_rate ?? null;
    return rankApart(stores, ({ name }) => name, intervalOf, ui.language).map(({ item, rank }) => ({
      name: frame.fleet ? <a href={sitePath(site, `/stores/${item.id}`)}>{item.name}</a> : item.name,
      before: <Rank ui={ui} rank={rank} />,
      row: rowOf(item),
      inService: inService.has(item.id),
    }));
  };
  return (
    <Page ui={ui} frame={frame} place="kiosks" title={ui.say(text.title)}>
      <header class="opening">
        <h1>{ui.say(text.title)}</h1>
      </header>
      {stores.length === 0 ? (
        <p class="empty">{ui.say(text.none)}</p>
      ) : (
        <PlaceSection
          ui={ui}
          site={site}
          looked={looked}
          title={ui.say(text.figures)}
          note={ui.say(text.ranked)}
          first={ui.say(text.store)}
          before={ui.say(text.rank)}
          rows={rows}
        />
      )}
    </Page>
  );
};
