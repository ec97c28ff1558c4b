/** The registry of the API's addresses: what is not in it does not exist, and is not in the OpenAPI document. */
import type { Endpoint } from './endpoint.ts';
import { confirmOptIn } from './endpoints/confirm-opt-in.ts';
import { events } from './endpoints/events.ts';
import { exportFacts } from './endpoints/export-facts.ts';
import { exportCsv, exportJson } from './endpoints/export-table.ts';
import { exportZip } from './endpoints/export-zip.ts';
import { kiosks, stores } from './endpoints/fleet.ts';
import { confirm, imports, remove, upload } from './endpoints/imports.ts';
import { linkTokens } from './endpoints/link-tokens.ts';
import { members } from './endpoints/members.ts';
import { exportAddresses, exportOptIns } from './endpoints/opt-ins-csv.ts';
import { onePerson, optIns, persons } from './endpoints/people.ts';
import { query } from './endpoints/query.ts';
import { realtime } from './endpoints/realtime.ts';
import { reportReturns, uploadReturns } from './endpoints/returns.ts';
import { sites } from './endpoints/sites.ts';
import { makeOne, revokeOne, tokens } from './endpoints/tokens.ts';
import { replayWebhook, testWebhook, webhookDeliveries } from './endpoints/webhook-deliveries.ts';
import { makeOneWebhook, pauseWebhook, removeWebhook, resumeWebhook, rotateWebhook, webhooks } from './endpoints/webhooks.ts';
import { addOneWording, removeOneWording, retireOneWording, wordings } from './endpoints/wordings.ts';

export const ENDPOINTS: readonly Endpoint[] = [
  query,
  realtime,
  exportCsv,
  exportJson,
  exportZip,
  exportFacts,
  events,
  linkTokens,
  optIns,
  persons,
  onePerson,
  sites,
  stores,
  kiosks,
  members,
  tokens,
  makeOne,
  revokeOne,
  imports,
  upload,
  confirm,
  remove,
  confirmOptIn,
  wordings,
  addOneWording,
  retireOneWording,
  removeOneWording,
  webhooks,
  makeOneWebhook,
  rotateWebhook,
  pauseWebhook,
  resumeWebhook,
  testWebhook,
  removeWebhook,
  webhookDeliveries,
  replayWebhook,
  exportOptIns,
  exportAddresses,
  reportReturns,
  uploadReturns,
];
