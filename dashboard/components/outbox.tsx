/** The demo's outbox: mail that a real stage would have sent, to be read and clicked. */
import type { Child } from 'hono/jsx';
import type { LocalMail } from '../../collector/people/local-mails.ts';
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import { mails as text } from '../text/mails.ts';
import type { Ui } from '../ui.ts';
import { Section } from './section.tsx';

/** Text with links, but only to our own pages: a mail may quote what a stranger typed. */
export function linkOwn(body: string, origin: string): Child[] {
  return body.split(/(https?:\/\/[^\s<>"']+)/).map((part) => (part.startsWith(`${origin}/`) ? <a href={part}>{part}</a> : part));
}

export const Outbox = ({ ui, site, mails }: { ui: Ui; site: Site; mails: readonly LocalMail[] }) => (
  <Section id="outbox" title={ui.say(text.outbox)} note={ui.say(text.outboxNote)} wide>
    {mails.length === 0 && <p class="empty">{ui.say(text.none)}</p>}
    {mails.map((mail) => (
      <article class="mail">
        <header>
          <h3>{mail.subject}</h3>
          <p class="remark">
            {ui.say(text.from)} {mail.sender}
            <br />
            {ui.say(text.to)} {mail.recipient} ·{' '}
            <time datetime={new Date(mail.at).toISOString()}>{ui.format.moment(mail.at)}</time>
          </p>
        </header>
        <p class="letter">{linkOwn(mail.text, ui.url.origin)}</p>
        <p>
          <a href={sitePath(site, `/mails/${mail.id}`)}>{ui.say(text.asHtml)}</a>
        </p>
      </article>
    ))}
  </Section>
);
