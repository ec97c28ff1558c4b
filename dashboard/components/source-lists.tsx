/** What the lists of acquisition hold, for the help page: sources by kind, click ids, hosts that only pass visitors on. */
import { CLICK_IDS } from '../../collector/acquisition/click-ids.ts';
import { PAYMENT_HOSTS, SIGN_IN_HOSTS } from '../../collector/acquisition/pass-through.ts';
import { SOURCE_TABLES } from '../../collector/acquisition/sources.ts';
import { kindNames } from '../text/channels.ts';
import { helpWords } from '../text/help.ts';
import type { Ui } from '../ui.ts';

const Words = ({ words }: { words: readonly string[] }) => <p class="remark">{words.join(', ')}</p>;

export const SourceLists = ({ ui }: { ui: Ui }) => (
  <div class="entries">
    {SOURCE_TABLES.map(([kind, table]) => (
      <details class="entry">
        <summary>
          {ui.say(kindNames[kind])} <span class="remark">{ui.format.count(Object.keys(table).length)}</span>
        </summary>
        <Words words={Object.keys(table)} />
      </details>
    ))}
  </div>
);

export const PassThroughLists = ({ ui }: { ui: Ui }) => (
  <div class="entries">
    {(
      [
        [helpWords.payments, PAYMENT_HOSTS],
        [helpWords.signIns, SIGN_IN_HOSTS],
      ] as const
    ).map(([title, hosts]) => (
      <details class="entry">
        <summary>
          {ui.say(title)} <span class="remark">{ui.format.count(hosts.split(' ').length)}</span>
        </summary>
        <Words words={hosts.split(' ')} />
      </details>
    ))}
  </div>
);

export const ClickIdList = ({ ui }: { ui: Ui }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">{ui.say(helpWords.clickId)}</th>
        <th scope="col">{ui.say(helpWords.network)}</th>
        <th scope="col">{ui.say(helpWords.countsAs)}</th>
      </tr>
    </thead>
    <tbody>
      {CLICK_IDS.map(({ name, source, medium }) => (
        <tr>
          <td>
            <code>{name}</code>
          </td>
          <td>{source}</td>
          <td>{ui.say(medium === null ? helpWords.unpaidToo : medium === 'affiliate' ? helpWords.affiliate : helpWords.paid)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
