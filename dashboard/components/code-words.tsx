/** A sentence in which what stands in backticks is something to type. */
import type { Words } from '../../collector/report/metric.ts';
import type { Ui } from '../ui.ts';

export const CodeWords = ({ ui, words }: { ui: Ui; words: Words }) => (
  <>
    {ui
      .say(words)
      .split('`')
      .map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}
  </>
);
