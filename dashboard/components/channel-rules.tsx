/** The built-in channel rules as a list, made from the table that decides. */
import { CHANNEL_REASONS } from '../../collector/acquisition/channel-reasons.ts';
import { CHANNEL_RULES } from '../../collector/acquisition/channels.ts';
import { channelName } from '../text/channels.ts';
import type { Ui } from '../ui.ts';
import { CodeWords } from './code-words.tsx';

/** Address of a built-in rule on the page that shows them. */
export const anchorOfRule = (position: number): string => `rule-${position + 1}`;

export const ChannelRules = ({ ui }: { ui: Ui }) => (
  <ol class="channel-rules">
    {CHANNEL_RULES.map(({ channel }, position) => (
      <li id={anchorOfRule(position)}>
        <b>{ui.say(channelName(channel))}</b>
        <p>
          <CodeWords ui={ui} words={CHANNEL_REASONS[channel]} />
        </p>
      </li>
    ))}
  </ol>
);
