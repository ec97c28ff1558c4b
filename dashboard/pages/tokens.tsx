/** API tokens of a site: those in use, a new one, and its text, shown once. */
import type { ListedToken } from '../../collector/access/list-tokens.ts';
import { SCOPES, TOKEN_NAME_CHARS } from '../../collector/access/tokens.ts';
import type { Site } from '../../collector/store/sites.ts';
import { Section } from '../components/section.tsx';
import { Table } from '../components/table.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { scopeWords, tokens as text, tokenPhrases } from '../text/tokens.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  /** Sites the viewer manages: a token may open any of them. */
  managed: readonly Site[];
  tokens: readonly ListedToken[];
  /** The text of the one just made; it is in this answer and nowhere else. */
  fresh: string | null;
  revoked: boolean;
  problem: boolean;
  /** With which the site's server signs the ids of its customers. */
  signing: string;
};
const path = (site: Site) => sitePath(site, '/tokens');

const Fresh = ({ ui, token, site }: { ui: Ui; token: string; site: Site }) => (
  <section class="notice code-notice" role="status" aria-labelledby="fresh">
    <h2 id="fresh">{ui.say(text.fresh)}</h2>
    <p>
      <code class="secret">{token}</code>
    </p>
    <p>{ui.say(text.once)}</p>
    <p class="remark">{ui.say(text.tryIt)}</p>
    <pre class="code" tabindex={0}>
      <code>{`curl -H "Authorization: Bearer ${token}" "${ui.url.origin}/api/v1/realtime?site=${site.key}"`}</code>
    </pre>
  </section>
);

const Revoke = ({ ui, site, token }: { ui: Ui; site: Site; token: ListedToken }) => (
  <details class="twice">
    <summary aria-label={ui.say(tokenPhrases.revoke(token.name))}>{ui.say(text.revoke)}</summary>
    <form method="post" action={path(site)}>
      <button type="submit" name="revoke" value={token.id} aria-label={`${ui.say(text.revokeForGood)} – ${token.name}`}>
        {ui.say(text.revokeForGood)}
      </button>
    </form>
  </details>
);

const List = ({ ui, site, managed, tokens }: Pick<Props, 'ui' | 'site' | 'managed' | 'tokens'>) => {
  const nameOf = (key: string) => managed.find((one) => one.key === key)?.name ?? key;
  const label = (words: (typeof text)[keyof typeof text]) => ({ label: ui.say(words), plain: ui.say(words) });
  return (
    <Table
      kind="settings"
      caption={ui.say(text.list)}
      first={ui.say(text.name)}
      columns={[label(text.scopes), label(text.sites), label(text.made), label(text.used), label(text.action)]}
      rows={tokens.map((token) => ({
        head: token.name,
        cells: [
          token.scopes.map((scope) => ui.say(scopeWords[scope].label)).join(', '),
          token.sites.map(nameOf).join(', '),
          <>
            {ui.format.moment(token.createdAt)}
            {token.createdBy !== null && <span class="from">{ui.say(tokenPhrases.by(token.createdBy))}</span>}
          </>,
          token.lastUsedAt === null ? ui.say(text.never) : ui.format.ago(token.lastUsedAt),
          <Revoke ui={ui} site={site} token={token} />,
        ],
      }))}
    />
  );
};

const NewToken = ({ ui, site, managed, problem }: Pick<Props, 'ui' | 'site' | 'managed' | 'problem'>) => (
  <form method="post" action={path(site)} class="form">
    {problem && (
      <p class="problem" role="alert">
        {ui.say(text.incomplete)}
      </p>
    )}
    <label for="name">{ui.say(text.name)}</label>
    <input id="name" name="name" required maxlength={TOKEN_NAME_CHARS} autocomplete="off" aria-describedby="name-hint" />
    <p class="remark" id="name-hint">
      {ui.say(text.nameHint)}
    </p>
    <fieldset class="ticks">
      <legend>{ui.say(text.scopes)}</legend>
      {SCOPES.map((scope) => (
        <label>
          <input type="checkbox" name="scope" value={scope} checked={scope === 'read'} />
          <span>
            <b>{ui.say(scopeWords[scope].label)}</b> – {ui.say(scopeWords[scope].what)} <code>{scope}</code>
          </span>
        </label>
      ))}
    </fieldset>
    <fieldset class="ticks">
      <legend>{ui.say(text.sites)}</legend>
      {managed.map((one) => (
        <label>
          <input type="checkbox" name="site" value={one.key} checked={one.id === site.id} />
          <span>{one.name}</span>
        </label>
      ))}
    </fieldset>
    <button type="submit" class="primary" name="create" value="1">
      {ui.say(text.submit)}
    </button>
  </form>
);

const Signing = ({ ui, signing }: Pick<Props, 'ui' | 'signing'>) => (
  <details class="twice">
    <summary>{ui.say(text.showSigning)}</summary>
    <p>
      <code class="secret">{signing}</code>
    </p>
    <p class="remark">{ui.say(text.signingKeep)}</p>
  </details>
);

export const TokensPage = (props: Props) => {
  const { ui, frame, site, tokens, fresh, revoked } = props;
  return (
    <Page ui={ui} frame={frame} place="tokens" title={ui.say(text.title)}>
      <header class="opening">
        <h1>{ui.say(text.title)}</h1>
        <p class="lead">
          {ui.say(text.lead)} <a href="/help/api">{ui.say(text.help)}</a>
        </p>
      </header>
      {fresh !== null && <Fresh ui={ui} token={fresh} site={site} />}
      {revoked && (
        <p class="notice" role="status">
          {ui.say(text.revoked)}
        </p>
      )}
      <Section id="list" title={ui.say(text.list)} note={ui.say(text.listNote)} wide>
        {tokens.length === 0 ? <p class="empty">{ui.say(text.none)}</p> : <List {...props} />}
      </Section>
      <Section id="create" title={ui.say(text.create)} note={ui.say(text.createNote)}>
        <NewToken {...props} />
      </Section>
      <Section id="signing" title={ui.say(text.signing)} note={ui.say(text.signingNote)}>
        <Signing {...props} />
        <p class="remark">
          <a href="/help/people">{ui.say(text.signingHelp)}</a>
        </p>
      </Section>
    </Page>
  );
};
