/** The form of a new wording, and what it looked like when it was last sent. */
import { WORDING_LANGUAGES } from '../../collector/people/edit-wordings.ts';
import { wordings as text, wordingProblems } from '../text/wordings.ts';
import type { Ui } from '../ui.ts';

/** What was typed, whatever it is. */
export type Draft = {
  id: string;
  language: string;
  title: string;
  news: string;
  link: string;
  others: { name: string; label: string }[];
  note: string;
  privacyUrl: string;
};
export const EMPTY: Draft = { id: '', language: 'fr', title: '', news: '', link: '', others: [], note: '', privacyUrl: '' };
const SPARE = { name: '', label: '' };

type Props = { ui: Ui; action: string; draft: Draft; problem: string | null };

const Area = ({ id, value, rows = 2, hint }: { id: string; value: string; rows?: number; hint?: string }) => (
  <>
    <textarea id={id} name={id} rows={rows} aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
      {value}
    </textarea>
    {hint !== undefined && (
      <p class="remark" id={`${id}-hint`}>
        {hint}
      </p>
    )}
  </>
);

export const WordingForm = ({ ui, action, draft, problem }: Props) => (
  <form method="post" action={action} class="form">
    {problem !== null && (
      <p class="problem" role="alert">
        {ui.say(wordingProblems[problem] ?? text.exists)}
      </p>
    )}
    <label for="id">{ui.say(text.id)}</label>
    <input
      id="id"
      name="id"
      required
      maxlength={60}
      value={draft.id}
      autocomplete="off"
      spellcheck={false}
      aria-describedby="id-hint"
    />
    <p class="remark" id="id-hint">
      {ui.say(text.idHint)}
    </p>
    <label for="language">{ui.say(text.language)}</label>
    <select id="language" name="language">
      {WORDING_LANGUAGES.map((one) => (
        <option value={one} selected={draft.language === one}>
          {ui.say(text[one])}
        </option>
      ))}
    </select>
    <label for="title">{ui.say(text.heading)}</label>
    <input id="title" name="title" required maxlength={120} value={draft.title} autocomplete="off" />
    <label for="news">{ui.say(text.news)}</label>
    <Area id="news" value={draft.news} hint={ui.say(text.newsHint)} />
    <label for="link">{ui.say(text.link)}</label>
    <Area id="link" value={draft.link} hint={ui.say(text.linkHint)} />
    {[...draft.others, SPARE].slice(0, 4).map(({ name, label }, i) => (
      <>
        <label for={`other-label-${i}`}>{ui.say(text.more)}</label>
        <textarea id={`other-label-${i}`} name="other-label" rows={2} aria-describedby="other-hint">
          {label}
        </textarea>
        <label for={`other-name-${i}`}>{ui.say(text.moreName)}</label>
        <input id={`other-name-${i}`} name="other-name" maxlength={30} value={name} autocomplete="off" spellcheck={false} />
      </>
    ))}
    <p class="remark" id="other-hint">
      {ui.say(text.moreHint)}
    </p>
    <label for="note">{ui.say(text.note)}</label>
    <Area id="note" value={draft.note} />
    <label for="privacyUrl">{ui.say(text.privacy)}</label>
    <input
      id="privacyUrl"
      name="privacyUrl"
      type="url"
      required
      maxlength={1000}
      value={draft.privacyUrl}
      aria-describedby="privacy-hint"
    />
    <p class="remark" id="privacy-hint">
      {ui.say(text.privacyHint)}
    </p>
    <button type="submit" class="primary" name="do" value="preview">
      {ui.say(text.preview)}
    </button>
  </form>
);

/** The same, unseen: sent along with the yes or the no. */
export const Carried = ({ draft }: { draft: Draft }) => (
  <>
    {(['id', 'language', 'title', 'news', 'link', 'note', 'privacyUrl'] as const).map((name) => (
      <input type="hidden" name={name} value={draft[name]} />
    ))}
    {draft.others.map(({ name, label }) => (
      <>
        <input type="hidden" name="other-label" value={label} />
        <input type="hidden" name="other-name" value={name} />
      </>
    ))}
  </>
);
