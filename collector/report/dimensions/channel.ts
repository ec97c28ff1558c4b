/** channel: family that the first page of the visit was reached from: search, e-mail, QR code…. */
import { originDimension } from '../dimension.ts';

export const channel = originDimension({
  name: 'channel',
  label: { fr: 'Canal', en: 'Channel' },
  definition: {
    fr: "Famille d'où vient la première page de la visite : recherche, e-mail, QR code…",
    en: 'Family that the first page of the visit was reached from: search, e-mail, QR code…',
  },
});
