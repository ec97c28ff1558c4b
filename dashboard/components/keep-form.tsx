/** The setting of how long detail is kept: what a shorter time takes away is said before it is done. */
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import { collectionPhrases, collection as text } from '../text/collection.ts';
import type { Ui } from '../ui.ts';

/** Bounds in days. */
export type Bounds = { least: number; most: number; standard: number };
/** A shorter time that was asked for and not yet confirmed. */
export type Shortening = { days: number; before: number; pageviews: number };
type Props = { ui: Ui; site: Site; days: string; bounds: Bounds; problem: boolean };

const path = (site: Site) => sitePath(site, '/collection');

export const KeepForm = ({ ui, site, days, bounds, problem }: Props) => {
  const [least, most, standard] = [bounds.least, bounds.most, bounds.standard].map(ui.format.count);
  return (
    <form method="post" action={path(site)} class="form keep">
      {problem && (
        <p class="problem" role="alert" id="problem">
          {ui.say(collectionPhrases.outOfBounds(least ?? '', most ?? ''))}
        </p>
      )}
      <label for="days">{ui.say(text.days)}</label>
      <div class="keep-line">
        <input
          id="days"
          name="days"
          type="number"
          inputmode="numeric"
          required
          min={bounds.least}
          max={bounds.most}
          step={1}
          value={days}
          aria-invalid={problem ? 'true' : undefined}
          aria-describedby={problem ? 'problem bounds' : 'bounds'}
        />
        <button type="submit">{ui.say(text.save)}</button>
      </div>
      <p class="remark" id="bounds">
        {ui.say(collectionPhrases.bounds(least ?? '', most ?? '', standard ?? ''))}
      </p>
    </form>
  );
};

/** Asks once more, with what goes; nothing is changed until the button is pressed. */
export const Confirmation = ({ ui, site, asked }: { ui: Ui; site: Site; asked: Shortening }) => {
  const [days, count] = [ui.format.count(asked.days), ui.format.count(asked.pageviews)];
  const pageviews = ui.say(collectionPhrases.pageviews(count, asked.pageviews === 1));
  return (
    <section class="notice shorten" role="alert" aria-labelledby="shorten">
      <h2 id="shorten">{ui.say(collectionPhrases.shorten(days))}</h2>
      <p>{ui.say(collectionPhrases.loses(ui.format.day(asked.before), pageviews))}</p>
      <p>{ui.say(text.shortenWhy)}</p>
      <form method="post" action={path(site)} class="shorten-choice">
        <input type="hidden" name="days" value={String(asked.days)} />
        <button type="submit" name="confirmed" value={String(asked.days)}>
          {ui.say(collectionPhrases.shortenYes(days))}
        </button>
        <a href={path(site)}>{ui.say(text.keep)}</a>
      </form>
    </section>
  );
};
