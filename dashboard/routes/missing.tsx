/** The page for what is not there, is not yours, or is not for your role: one and the same. */
import type { Context } from 'hono';
import { MessagePage } from '../pages/message.tsx';
import { errors } from '../text/access.ts';
import { type App, uiOf } from './context.ts';

export const missing = (c: Context<App>) =>
  c.html(<MessagePage ui={uiOf(c, null)} frame={null} title={errors.missing} lead={errors.missingLead} />, 404);
