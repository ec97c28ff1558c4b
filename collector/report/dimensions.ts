/** The registry of dimensions: what figures can be broken down and filtered by, in the order of the help page. */
import type { Dimension } from './dimension.ts';
import { browser } from './dimensions/browser.ts';
import { channel } from './dimensions/channel.ts';
import { city } from './dimensions/city.ts';
import { country } from './dimensions/country.ts';
import { device } from './dimensions/device.ts';
import { entryPage } from './dimensions/entry-page.ts';
import { event } from './dimensions/event.ts';
import { exitPage } from './dimensions/exit-page.ts';
import { hostname } from './dimensions/hostname.ts';
import { kiosk } from './dimensions/kiosk.ts';
import { known } from './dimensions/known.ts';
import { language } from './dimensions/language.ts';
import { os } from './dimensions/os.ts';
import { page } from './dimensions/page.ts';
import { pageGroup } from './dimensions/page-group.ts';
import { PROP, propDimension } from './dimensions/prop.ts';
import { recurring } from './dimensions/recurring.ts';
import { referrer } from './dimensions/referrer.ts';
import { region } from './dimensions/region.ts';
import { source } from './dimensions/source.ts';
import { stage } from './dimensions/stage.ts';
import { store } from './dimensions/store.ts';
import { timeDay } from './dimensions/time-day.ts';
import { timeHour } from './dimensions/time-hour.ts';
import { timeMonth } from './dimensions/time-month.ts';
import { timeWeek } from './dimensions/time-week.ts';
import { touchpoint } from './dimensions/touchpoint.ts';
import { utmCampaign } from './dimensions/utm-campaign.ts';
import { utmContent } from './dimensions/utm-content.ts';
import { utmMedium } from './dimensions/utm-medium.ts';
import { utmSource } from './dimensions/utm-source.ts';
import { utmTerm } from './dimensions/utm-term.ts';

export { DIRECT, type Dimension, KIOSK, NONE } from './dimension.ts';

export const DIMENSIONS: readonly Dimension[] = [
  timeHour,
  timeDay,
  timeWeek,
  timeMonth,
  page,
  pageGroup,
  hostname,
  entryPage,
  exitPage,
  channel,
  source,
  referrer,
  utmSource,
  utmMedium,
  utmCampaign,
  utmContent,
  utmTerm,
  country,
  region,
  city,
  device,
  browser,
  os,
  language,
  touchpoint,
  store,
  kiosk,
  known,
  recurring,
  stage,
  event,
];

const byName = new Map(DIMENSIONS.map((d) => [d.name, d]));

/** The dimension of an API name, `prop:NAME` included, or undefined. */
export const dimensionOf = (name: string): Dimension | undefined =>
  name.startsWith(PROP) ? propDimension(name) : byName.get(name);
