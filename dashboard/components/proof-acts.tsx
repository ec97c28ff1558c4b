/** The acts of a proof, one block each: what was done, for what, how, where, and by which clock. */
import type { Proof } from '../../collector/people/proof-shape.ts';
import { ledgerWords, purposeWords } from '../text/people.ts';
import { detailValues, detailWords, proof as text } from '../text/proof.ts';
import type { Ui } from '../ui.ts';

type Entry = Proof['entries'][number];
type Act = { entry: Entry; purposes: Entry['purpose'][]; sequences: number[] };
/** What only the check of the file reads. */
const UNSHOWN = ['salt', 'addressSalt', 'addressSha256', 'optIn', 'wordingSha256', 'boxes', 'purpose'];
export const utc = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC');

/** One act stands as a row for each purpose: they are shown together. */
function actsOf(entries: readonly Entry[]): Act[] {
  const acts: Act[] = [];
  for (const entry of entries) {
    const last = acts.at(-1);
    const same = last && last.entry.kind === entry.kind && last.entry.at === entry.at && last.entry.optIn === entry.optIn;
    if (same) {
      last.purposes.push(entry.purpose);
      last.sequences.push(entry.sequence);
    } else acts.push({ entry, purposes: [entry.purpose], sequences: [entry.sequence] });
  }
  return acts;
}

function read(detail: string): Record<string, unknown> {
  const told: unknown = detail === '' ? null : JSON.parse(detail);
  return typeof told === 'object' && told !== null ? { ...told } : {};
}

const spell = (ui: Ui, name: string, value: unknown, stores: ReadonlyMap<number, string>): string => {
  if (/At$/.test(name) && typeof value === 'number') return utc(value);
  if (name === 'store' && typeof value === 'number') return stores.get(value) ?? String(value);
  const words = detailValues[String(value)];
  return words ? ui.say(words) : typeof value === 'string' ? value : JSON.stringify(value);
};

/** The boxes as they stood before and after; rows of version 1 say the after only. */
const Boxes = ({ ui, told, wordings }: { ui: Ui; told: Record<string, unknown>; wordings: Proof['wordings'] }) => {
  const list: unknown[] = Array.isArray(told.boxes)
    ? told.boxes
    : Object.entries(Object(told.boxes)).map(([name, after]) => ({ name, before: false, after }));
  const labelOf = (name: unknown) =>
    wordings.find(({ id }) => id === told.wording)?.boxes.find((box) => box.name === name)?.label ?? String(name);
  return (
    <ul class="boxes">
      {list.map((box) => {
        const { name, before, after } = { name: '', before: false, after: false, ...Object(box) };
        return (
          <li>
            <b>{ui.say(after === true ? text.ticked : text.unticked)}</b> {labelOf(name)}{' '}
            <span class="remark">({ui.say(before === true ? text.wasTicked : text.wasUnticked)})</span>
          </li>
        );
      })}
    </ul>
  );
};

export const ProofActs = ({ ui, proof, stores }: { ui: Ui; proof: Proof; stores: ReadonlyMap<number, string> }) => (
  <ol class="proof-acts">
    {actsOf(proof.entries).map(({ entry, purposes, sequences }) => {
      const told = read(entry.detail);
      const act = ledgerWords[entry.kind];
      const about = purposes.map((purpose) => (purposeWords[purpose] ? ui.say(purposeWords[purpose]) : purpose)).join(', ');
      const lines = Object.entries(told).filter(([name, value]) => !UNSHOWN.includes(name) && value !== null && value !== 0);
      return (
        <li>
          <h3>
            {act ? ui.say(act) : entry.kind}
            {ui.language === 'fr' ? '\u00a0: ' : ': '}
            {about}
          </h3>
          <p class="remark">
            <time datetime={new Date(entry.at).toISOString()}>{utc(entry.at)}</time> · {ui.say(text.row)} {sequences.join(', ')}
          </p>
          {entry.detail === '' && <p>{ui.say(text.gone)}</p>}
          {'boxes' in told && <Boxes ui={ui} told={told} wordings={proof.wordings} />}
          <dl class="facts">
            {lines.map(([name, value]) => (
              <>
                <dt>{detailWords[name] ? ui.say(detailWords[name]) : name}</dt>
                <dd>{spell(ui, name, value, stores)}</dd>
              </>
            ))}
          </dl>
        </li>
      );
    })}
  </ol>
);
