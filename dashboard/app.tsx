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
import { connectionRoute } from './routes/connection.tsx';
import { connectionRoutes } from './routes/connections.tsx';
import { type App, uiOf } from './routes/context.ts';
import { fleetRoutes } from './routes/fleet.tsx';
import { funnelRoutes } from './routes/funnel.tsx';
import { helpRoutes } from './routes/help.tsx';
import { importRoutes, takesFile, UPLOAD_FORM_BYTES } from './routes/imports.tsx';
import { kioskAlertRoutes } from './routes/kiosk-alerts.ts';
import { kioskRoutes } from './routes/kiosks.tsx';
import { listRoutes } from './routes/list.tsx';
import { loginRoutes } from './routes/login.tsx';
import { mailRoutes } from './routes/mails.tsx';
import { missing } from './routes/missing.tsx';
import { myDataRoutes } from './routes/my-data.tsx';
import { nowRoutes } from './routes/now.tsx';
import { optInFileRoutes } from './routes/opt-in-files.tsx';
import { overviewRoutes } from './routes/overview.tsx';
import { peopleRoutes } from './routes/people.tsx';
import { personsRoutes } from './routes/persons.tsx';
import { proofRoutes } from './routes/proof.tsx';
import { storeRoutes } from './routes/stores.tsx';
import { tokenRoutes } from './routes/tokens.tsx';
import { unsubscribeRoutes } from './routes/unsubscribe.tsx';
import { wordingRoutes } from './routes/wordings.tsx';
import { requireSameOrigin } from './same-origin.ts';
import { secureHeaders } from './security-headers.ts';
import { errors } from './text/access.ts';

/** Our forms are a few hundred bytes. */
const MAX_FORM_BYTES = 65_536;

const small = bodyLimit({ maxSize: MAX_FORM_BYTES });
/** A file that is too large is told on the page it was sent from. */
const large = bodyLimit({
  maxSize: UPLOAD_FORM_BYTES,
  onError: (c) => c.redirect(`${new URL(c.req.url).pathname}?problem=large`, 303),
});

export function dashboardApp(): Hono<App> {
  const app = new Hono<App>();
  app.use(secureHeaders, requireSameOrigin, (c, next) => (takesFile(c.req.path) ? large : small)(c, next), keepPreferences);
  for (const routes of [
    loginRoutes,
    overviewRoutes,
    listRoutes,
    nowRoutes,
    channelRoutes,
    kioskAlertRoutes,
    kioskRoutes,
    fleetRoutes,
    storeRoutes,
    collectionRoutes,
    tokenRoutes,
    connectionRoutes,
    connectionRoute,
    optInFileRoutes,
    wordingRoutes,
    proofRoutes,
    funnelRoutes,
    personsRoutes,
    peopleRoutes,
    importRoutes,
    mailRoutes,
    confirmRoutes,
    myDataRoutes,
    unsubscribeRoutes,
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
