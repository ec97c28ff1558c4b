/** `data-comptoir-event`, outbound links and downloads: observed, never delayed. */
import { make } from './core.ts';
import { mirror } from './durable.ts';

const PROP = 'data-comptoir-prop-';
const FILE = /\.(pdf|zip|gz|rar|7z|dmg|exe|apk|(doc|xls|ppt)x?|csv|od[ts]|epub|mp[34]|mov|wav)$/i;

const tell = (name: string, props: Record<string, string>): void => {
  make('event', { name, props });
  mirror();
};

const declare = ({ attributes, dataset }: HTMLElement): void => {
  const props: Record<string, string> = {};
  for (const { name, value } of attributes) if (name.startsWith(PROP)) props[name.slice(PROP.length)] = value.slice(0, 200);
  tell(dataset.comptoirEvent ?? '', props);
};

/** Host and path only: a query may carry anything. */
const follow = ({ protocol, host, pathname, origin, download }: HTMLAnchorElement): void => {
  if (!/^http/.test(protocol)) return;
  const url = (origin + pathname).slice(0, 200);
  if (download || FILE.test(pathname)) tell('File download', { url });
  else if (host !== location.host) tell('Outbound link', { url });
};

const observe = ({ type, target }: Event): void => {
  if (!(target instanceof Element)) return;
  const marked = target.closest<HTMLElement>('[data-comptoir-event]');
  // A form's event is its submission, not a click somewhere in it.
  if (marked && marked instanceof HTMLFormElement === (type === 'submit')) declare(marked);
  const link = target.closest('a');
  if (link?.href && type !== 'submit') follow(link);
};

export const watchLinks = (): void => ['click', 'auxclick', 'submit'].forEach((name) => addEventListener(name, observe, true));
