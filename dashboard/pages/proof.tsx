/** A proof of consent: asked for with a reason, then a page to read and to print. */
import type { Proof } from '../../collector/people/proof-shape.ts';
import { fingerprint } from '../../collector/people/signing-key.ts';
import type { Verdict } from '../../collector/people/verify-proof.ts';
import type { Site } from '../../collector/store/sites.ts';
import { codeOf, personPath } from '../components/people-parts.tsx';
import { ProofActs, utc } from '../components/proof-acts.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { proof as text } from '../text/proof.ts';
import type { Ui } from '../ui.ts';

type Asked = { ui: Ui; frame: Frame; site: Site; person: string };

export const ProofForm = ({ ui, frame, site, person, problem }: Asked & { problem: boolean }) => (
  <Page ui={ui} frame={frame} place="people" title={ui.say(text.title)}>
    <header class="opening">
      <h1>{ui.say(text.title)}</h1>
      <p class="lead">
        {codeOf(person)} – {ui.say(text.lead)} <a href="/help/proof">{ui.say(text.help)}</a>
      </p>
    </header>
    <form method="post" class="form">
      {problem && (
        <p class="problem" role="alert">
          {ui.say(text.reasonShort)}
        </p>
      )}
      <label for="reason">{ui.say(text.reason)}</label>
      <input id="reason" name="reason" required minlength={5} maxlength={200} autocomplete="off" aria-describedby="reason-hint" />
      <p class="remark" id="reason-hint">
        {ui.say(text.reasonHint)}
      </p>
      <button type="submit" class="primary" name="as" value="page">
        {ui.say(text.asPage)}
      </button>
      <button type="submit" class="secondary" name="as" value="file">
        {ui.say(text.asFile)}
      </button>
    </form>
    <p>
      <a href={personPath(site, person)}>{ui.say(text.back)}</a>
    </p>
  </Page>
);

const Shown = ({ ui, wording }: { ui: Ui; wording: Proof['wordings'][number] }) => (
  <article class="wording">
    <h3 lang={wording.language}>{wording.title}</h3>
    <ul class="plain" lang={wording.language}>
      {wording.boxes.map(({ name, label }) => (
        <li>
          ☐ {label} <code>{name}</code>
        </li>
      ))}
    </ul>
    {wording.note !== '' && <p lang={wording.language}>{wording.note}</p>}
    <p class="remark">
      <code>{wording.id}</code> · {ui.say(text.privacy)} {wording.privacyUrl} · {ui.say(text.hash)}{' '}
      <code class="hash">{wording.sha256}</code>
    </p>
  </article>
);

type Made = Asked & { proof: Proof; verdict: Verdict; stores: ReadonlyMap<number, string> };

export const ProofPage = ({ ui, frame, site, person, proof, verdict, stores }: Made) => (
  <Page ui={ui} frame={frame} place="people" title={`${ui.say(text.title)} – ${codeOf(person)}`}>
    <header class="opening">
      <h1>{ui.say(text.title)}</h1>
    </header>
    <dl class="facts roomy">
      <dt>{ui.say(text.site)}</dt>
      <dd>{proof.site.name}</dd>
      <dt>{ui.say(text.person)}</dt>
      <dd>
        <code>{proof.person}</code>
      </dd>
      <dt>{ui.say(text.address)}</dt>
      <dd>{proof.address ?? ui.say(text.noAddress)}</dd>
      <dt>{ui.say(text.made)}</dt>
      <dd>{utc(proof.madeAt)}</dd>
      <dt>{ui.say(text.checked)}</dt>
      <dd>{verdict.sound ? ui.say(text.sound) : `${ui.say(text.unsound)} ${verdict.problems.join('; ')}`}</dd>
      <dt>{ui.say(text.key)}</dt>
      <dd>
        {verdict.keys.map((key) => (
          <code class="hash">
            {key} ({fingerprint(key)})
          </code>
        ))}
      </dd>
    </dl>
    <Section id="shown" title={ui.say(text.shown)}>
      {proof.wordings.map((wording) => (
        <Shown ui={ui} wording={wording} />
      ))}
    </Section>
    <Section id="acts" title={ui.say(text.acts)}>
      <ProofActs ui={ui} proof={proof} stores={stores} />
    </Section>
    <Section id="signed" title={ui.say(text.signed)}>
      {proof.digests.length === 0 ? (
        <p>{ui.say(text.unsigned)}</p>
      ) : (
        <ul class="plain">
          {proof.digests.map(({ day, root }) => (
            <li>
              {day} <code class="hash">{root}</code>
            </li>
          ))}
        </ul>
      )}
    </Section>
    <p class="remark">{ui.say(text.verify)}</p>
    <p>
      <a href={personPath(site, person)}>{ui.say(text.back)}</a>
    </p>
  </Page>
);
