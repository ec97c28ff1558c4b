/** Words of the choice of alerts by mail. */
import type { Words } from '../../collector/report/metric.ts';

export const kioskAlerts = {
  title: { fr: 'Alertes par e-mail', en: 'Alerts by mail' },
  note: {
    fr: 'Pour vous seulement, à l’adresse de votre compte.',
    en: 'For you only, to the address of your account.',
  },
  on: {
    fr: 'Vous recevez un e-mail quand une borne se tait pendant ses heures d’ouverture, et quand elle revient.',
    en: 'You get a mail when a kiosk falls silent in its opening hours, and when it is back.',
  },
  off: { fr: 'Vous ne recevez pas d’alerte.', en: 'You get no alerts.' },
  start: { fr: 'Me prévenir par e-mail', en: 'Tell me by mail' },
  stop: { fr: 'Ne plus me prévenir', en: 'Stop telling me' },
} satisfies Record<string, Words>;
