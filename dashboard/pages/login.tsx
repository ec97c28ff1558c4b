/** Signing in. */
import { Logo } from '../components/logo.tsx';
import { Document } from '../layout.tsx';
import { preferenceHref } from '../links.ts';
import { login as text } from '../text/access.ts';
import { shell } from '../text/shell.ts';
import { setType } from '../typography.ts';
import type { Ui } from '../ui.ts';

type Props = { ui: Ui; next: string; email: string; problem: string | null; demo: string | null };

export const LoginPage = ({ ui, next, email, problem, demo }: Props) => {
  const other = ui.language === 'fr' ? 'en' : 'fr';
  return (
    <Document ui={ui} title={ui.say(text.title)}>
      <main class="narrow" id="main">
        <p class="wordmark">
          <Logo /> Comptoir
        </p>
        <h1>{ui.say(text.title)}</h1>
        <p class="lead">{ui.say(text.lead)}</p>
        <form method="post" action="/login" class="form">
          <input type="hidden" name="next" value={next} />
          {problem && (
            <p class="problem" role="alert" id="problem">
              {problem}
            </p>
          )}
          <label for="email">{ui.say(text.email)}</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="username"
            required
            value={email}
            aria-describedby={problem ? 'problem' : undefined}
          />
          <label for="password">{ui.say(text.password)}</label>
          <input id="password" name="password" type="password" autocomplete="current-password" required />
          <button type="submit" class="primary">
            {ui.say(text.submit)}
          </button>
        </form>
        {demo && (
          <p class="hint">
            {ui.say(text.demo)} <code>{demo}</code>
          </p>
        )}
        <p class="remark">
          <a href="/help">{ui.say(shell.help)}</a> ·{' '}
          <a href={preferenceHref(ui.url, 'lang', other)} lang={other} hreflang={other}>
            {setType(shell.otherLanguage[ui.language], other)}
          </a>
        </p>
      </main>
    </Document>
  );
};
