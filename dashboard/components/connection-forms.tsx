/** The two forms that make a connection: an e-mail tool, and a webhook. */
import { OUTLET_NAME_CHARS } from '../../collector/notify/outlets/change-outlets.ts';
import { CONNECTOR_KINDS } from '../../collector/notify/outlets/outlet.ts';
import { ANNOUNCEMENT_TYPES } from '../../collector/notify/webhooks/announcement-types.ts';
import type { Words } from '../../collector/report/metric.ts';
import { kindNames, connections as text, typeWords } from '../text/connections.ts';
import type { Ui } from '../ui.ts';

/** `typed`: what was sent and not taken; never the key. */
type Props = { ui: Ui; path: string; problem: Words | null; typed: Record<string, string> };

const Problem = ({ ui, problem, id }: { ui: Ui; problem: Words | null; id: string }) =>
  problem && (
    <p class="problem" role="alert" id={id}>
      {ui.say(problem)}
    </p>
  );

export const ToolForm = ({ ui, path, problem, typed }: Props) => (
  <form method="post" action={path} class="form">
    <Problem ui={ui} problem={problem} id="tool-problem" />
    <label for="kind">{ui.say(text.tool)}</label>
    <select id="kind" name="kind">
      {CONNECTOR_KINDS.map((kind) => (
        <option value={kind} selected={typed.kind === kind}>
          {kindNames[kind]}
        </option>
      ))}
    </select>
    <label for="key">{ui.say(text.key)}</label>
    <input
      id="key"
      name="key"
      type="password"
      required
      maxlength={300}
      autocomplete="off"
      aria-describedby={problem ? 'key-hint tool-problem' : 'key-hint'}
    />
    <p class="remark" id="key-hint">
      {ui.say(text.keyHint)}
    </p>
    <label for="list">{ui.say(text.target)}</label>
    <input
      id="list"
      name="list"
      required
      maxlength={40}
      autocomplete="off"
      value={typed.list ?? ''}
      aria-describedby="list-hint"
    />
    <p class="remark" id="list-hint">
      {ui.say(text.targetHint)}
    </p>
    <label for="tool-name">{ui.say(text.name)}</label>
    <input id="tool-name" name="name" maxlength={OUTLET_NAME_CHARS} autocomplete="off" aria-describedby="tool-name-hint" />
    <p class="remark" id="tool-name-hint">
      {ui.say(text.optional)}
    </p>
    <button type="submit" class="primary" name="act" value="tool">
      {ui.say(text.connect)}
    </button>
  </form>
);

export const HookForm = ({ ui, path, problem, typed }: Props) => (
  <form method="post" action={path} class="form">
    <Problem ui={ui} problem={problem} id="hook-problem" />
    <label for="url">{ui.say(text.url)}</label>
    <input
      id="url"
      name="url"
      type="url"
      required
      maxlength={2000}
      autocomplete="off"
      placeholder="https://"
      value={typed.url ?? ''}
      aria-describedby={problem ? 'url-hint hook-problem' : 'url-hint'}
      aria-invalid={problem ? 'true' : undefined}
    />
    <p class="remark" id="url-hint">
      {ui.say(text.urlHint)}
    </p>
    <fieldset class="ticks">
      <legend>{ui.say(text.types)}</legend>
      {ANNOUNCEMENT_TYPES.map((type) => (
        <label>
          <input type="checkbox" name="type" value={type} checked={typed.types?.split(' ').includes(type) ?? false} />
          <span>
            {ui.say(typeWords[type])} <code>{type}</code>
          </span>
        </label>
      ))}
    </fieldset>
    <p class="remark">{ui.say(text.erasedToo)}</p>
    <label for="hook-name">{ui.say(text.name)}</label>
    <input id="hook-name" name="name" maxlength={OUTLET_NAME_CHARS} autocomplete="off" aria-describedby="hook-name-hint" />
    <p class="remark" id="hook-name-hint">
      {ui.say(text.optional)}
    </p>
    <button type="submit" class="primary" name="act" value="hook">
      {ui.say(text.make)}
    </button>
  </form>
);
