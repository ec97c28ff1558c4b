/** The demo's outbox: mail that a real stage would have sent, to be read and clicked. */
import type { Child } from 'hono/jsx';
import { type Frame, Page } from '../layout.tsx';
import { mails as text } from '../text/mails.ts';
import type { Ui } from '../ui.ts';

export type LocalMail = { id: string; at: number; recipient: string; subject: string; text: string; html: string };
type Props = { ui: Ui; frame: Frame; mails: LocalMail[] };

/** Text with links, but only to our own pages: a mail may quote what a stranger typed. */
export function linkOwn(body: string, origin: string): Child[] {
  return body.split(/(https?:\/\/[^\s<>"']+)/).map((part) => (part.startsWith(`${origin}/`) ? <a href={part}>{part}</a> : part));
}

export const MailsPage = ({ ui, frame, mails }: Props) => (
  <Page ui={ui} frame={frame} place="mails" title={ui.say(text.title)}>
    <header class="opening">
      <h1>{ui.say(text.title)}</h1>
      <p class="lead">{ui.say(text.lead)}</p>
    </header>
    {mails.length === 0 && <p class="empty">{ui.say(text.none)}</p>}
    {mails.map((mail) => (
      <article class="mail">
        <header>
          <h2>{mail.subject}</h2>
          <p class="remark">
            {ui.say(text.to)} {mail.recipient} ·{' '}
            <time datetime={new Date(mail.at).toISOString()}>{ui.format.moment(mail.at)}</time>
          </p>
        </header>
        <p class="letter">{linkOwn(mail.text, ui.url.origin)}</p>
      </article>
    ))}
  </Page>
);
