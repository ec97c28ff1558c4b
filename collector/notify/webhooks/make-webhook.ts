/** Makes a webhook: its address is checked as it will be before every request. */
import { cleanText } from '../../store/clean-text.ts';
import { type Change, makeOutlet, newSigningSecret, OUTLET_NAME_CHARS } from '../outlets/change-outlets.ts';
import { checkTarget, type TargetProblem, type TargetRules } from '../outlets/target.ts';
import { type AnnouncementType, isAnnouncementType } from './announcement-types.ts';

export type WantedWebhook = {
  site: number;
  /** What people call it; its host when left empty. */
  name: string;
  url: string;
  types: readonly string[];
  createdBy: string | null;
};
export type WebhookProblem = TargetProblem | 'no_types' | 'too_many';

/** @returns its id and the signing secret, which is shown this once, or why it is not taken. */
export async function makeWebhook(
  change: Change,
  wanted: WantedWebhook,
  rules: TargetRules,
): Promise<{ id: string; secret: string } | WebhookProblem> {
  const types: AnnouncementType[] = [...new Set(wanted.types.filter(isAnnouncementType))];
  if (types.length === 0 || types.length !== new Set(wanted.types).size) return 'no_types';
  // Who is told of persons is told of their erasure, asked for or not.
  if (types.some((type) => type.startsWith('optin.')) && !types.includes('person.erased')) types.push('person.erased');
  const url = await checkTarget(wanted.url.trim(), rules);
  if (typeof url === 'string') return url;
  const secret = newSigningSecret(change.random);
  const name = cleanText(wanted.name, OUTLET_NAME_CHARS) || url.host;
  const about = {
    site: wanted.site,
    kind: 'webhook',
    name,
    types,
    settings: { url: url.href },
    createdBy: wanted.createdBy,
  } as const;
  const id = await makeOutlet(change, about, secret);
  return id === null ? 'too_many' : { id, secret };
}
