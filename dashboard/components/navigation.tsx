/** The main navigation: what is looked at every day in the line, what is set up once in a while under one word. */
import type { Frame, Place } from '../frame.ts';
import { sitePath } from '../links.ts';
import { shell as text } from '../text/shell.ts';
import type { Ui } from '../ui.ts';

type Entry = [to: Exclude<Place, 'none'>, isOpen: boolean | undefined, path: string];

export const Navigation = ({ ui, frame, place }: { ui: Ui; frame: Frame; place: Place }) => {
  const { site } = frame;
  const daily: Entry[] = [
    ['overview', frame.figures, ''],
    ['people', frame.people, '/people'],
    ['kiosks', frame.fleet, '/kiosks'],
  ];
  const settings: Entry[] = [
    ['channels', frame.figures, '/channels'],
    ['wordings', frame.wordings, '/wordings'],
    ['mails', frame.mails, '/mails'],
    ['connections', frame.settings, '/connections'],
    ['optInFiles', frame.files, '/opt-in-files'],
    ['collection', frame.settings, '/collection'],
    ['imports', frame.settings, '/imports'],
    ['tokens', frame.settings, '/tokens'],
  ];
  const links = (entries: Entry[]) =>
    entries.map(
      ([to, isOpen, path]) =>
        site &&
        isOpen && (
          <a href={sitePath(site, path)} aria-current={place === to ? 'page' : undefined}>
            {ui.say(text[to])}
          </a>
        ),
    );
  const isInside = settings.some(([to]) => to === place);
  return (
    <nav class="navigation" aria-label={ui.say(text.navigation)}>
      {links(daily)}
      {site && settings.some(([, isOpen]) => isOpen) && (
        <details id="site-settings" class="drop">
          <summary class={isInside ? 'on' : undefined}>{ui.say(text.settings)}</summary>
          <div class="sheet choices">{links(settings)}</div>
        </details>
      )}
      <a href="/help" aria-current={place === 'help' ? 'page' : undefined}>
        {ui.say(text.help)}
      </a>
    </nav>
  );
};
