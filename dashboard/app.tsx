/** The dashboard: every page of the canonical host. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { MessagePage } from './pages/message.tsx';
import { keepPreferences } from './preferences.ts';
import { assetRoutes } from './routes/assets.ts';
import { channelRoutes } from './routes/channels.tsx';
import { collectionRoutes } from './routes/collection.tsx';
import { confirmRoutes } from './routes/confirm.tsx';
import { type App, uiOf } from './routes/context.ts';
import { helpRoutes } from './routes/help.tsx';
import { kioskRoutes } from './routes/kiosks.tsx';
import { loginRoutes } from './routes/login.tsx';
import { mailRoutes } from './routes/mails.tsx';
import { missing } from './routes/missing.tsx';
import { overviewRoutes } from './routes/overview.tsx';
import { requireSameOrigin } from './same-origin.ts';
import { secureHeaders } from './security-headers.ts';
import { errors } from './text/access.ts';

/** Our forms are a few hundred bytes. */
const MAX_FORM_BYTES = 65_536;

export function dashboardApp(): Hono<App> {
  const app = new Hono<App>();
  app.use(secureHeaders, requireSameOrigin, bodyLimit({ maxSize: MAX_FORM_BYTES }), keepPreferences);
  for (const routes of [
    loginRoutes,
    overviewRoutes,
    channelRoutes,
    kioskRoutes,
    collectionRoutes,
    mailRoutes,
    confirmRoutes,
    helpRoutes,
    assetRoutes,
  ])
    app.route('/', routes);
  // A route and not `notFound`, which is forgotten when this app is mounted in another.
  app.all('*', missing);
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500)
      return c.html(<MessagePage ui={uiOf(c, null)} frame={null} title={errors.denied} lead={errors.deniedLead} />, error.status);
    // The reader gets no detail; the operator finds it in the log.
    console.error('dashboard', error);
    return c.html(<MessagePage ui={uiOf(c, null)} frame={null} title={errors.broken} lead={errors.brokenLead} />, 500);
  });
  return app;
}
