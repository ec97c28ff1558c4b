/** A wording as the visitor sees it: the same order as the form of the tag, and not a box that could stand ticked. */
import type { NewWording } from '../../collector/people/edit-wordings.ts';
import { wordings as text } from '../text/wordings.ts';
import { setType } from '../typography.ts';
import type { Ui } from '../ui.ts';

type Shown = Omit<NewWording, 'id'>;

/** Not a form: nothing here can be sent. */
export const WordingPreview = ({ ui, wording }: { ui: Ui; wording: Shown }) => {
  const language = wording.language === 'en' ? 'en' : 'fr';
  const own = (words: { fr: string; en: string }) => setType(words[language], language);
  return (
    <figure class="wording-preview" lang={language} aria-label={ui.say(text.previewTitle)}>
      <h3>{wording.title}</h3>
      <p class="mock-label">{own(text.email)}</p>
      <p class="mock-field" aria-hidden="true"></p>
      {wording.boxes.map(({ label }) => (
        <p class="mock-box">
          <span aria-hidden="true" class="mock-tick"></span>
          <span>{label}</span>
        </p>
      ))}
      <p class="remark">
        {wording.note}{' '}
        <a href={wording.privacyUrl} rel="noopener noreferrer">
          {own(text.privacyLink)}
        </a>
      </p>
      <p class="mock-button" aria-hidden="true">
        {own(text.send)}
      </p>
    </figure>
  );
};
