/** The acquisition channels by the names under which they are stored and asked for. Their names on screen are the dashboard's. */

/** What a visit counts as when nothing says where it came from; reports say the same of pageviews without an origin. */
export const DIRECT_CHANNEL = '(direct)';
/** Append only: facts hold these names. */
export const CHANNELS = [
  'qr',
  'cross_network',
  'paid_shopping',
  'paid_search',
  'paid_social',
  'paid_video',
  'display',
  'paid_other',
  'organic_shopping',
  'organic_social',
  'organic_video',
  'assistant',
  'organic_search',
  'email',
  'affiliate',
  'audio',
  'sms',
  'push',
  'referral',
  DIRECT_CHANNEL,
] as const;
export type Channel = (typeof CHANNELS)[number];
