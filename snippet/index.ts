/** The web tag: `<script defer src="https://HOST/c.js" data-site="KEY"></script>`. */
import { obey } from './commands.ts';
import { config } from './config.ts';
import type { Said } from './contract.ts';
import { run } from './pageview.ts';
import { shared } from './shared.ts';

shared.queue_ = self.comptoir?.q || [];
// We mark ourselves with a `q` that is no queue: a second one of us yields.
if (shared.queue_ != 1) {
  (self.comptoir = ((...command: Said) =>
    shared.queue_ ? (shared.queue_ as Said[]).push(command) : obey(...command)) as NonNullable<Window['comptoir']>).q = 1;
  // `data-exclude`, `data-hash`, `data-manual`, `data-page`, or no `data-site`: `c.x.js` first.
  if (!config.site || /x|sh|nu|page\b/.test(Object.keys(config) as unknown as string)) obey(run);
  else run();
}
