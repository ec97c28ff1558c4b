/** Words of the page behind the link of a confirmation mail, read by the public. */
import type { Words } from '../../collector/report/metric.ts';

export const confirm = {
  title: { fr: 'Confirmez votre inscription', en: 'Confirm your subscription' },
  address: { fr: 'Adresse', en: 'Address' },
  subject: { fr: 'Pour', en: 'For' },
  confirm: { fr: 'Oui, je m’inscris', en: 'Yes, subscribe me' },
  deny: { fr: "Ce n'est pas moi", en: 'This was not me' },
  denyHelp: { fr: 'Nous effacerons votre adresse aussitôt.', en: 'We will delete your address at once.' },
  confirmed: { fr: 'C’est confirmé', en: 'You are subscribed' },
  confirmedLead: {
    fr: 'Merci. Vous pouvez vous désinscrire à tout moment par le lien présent dans chaque e-mail.',
    en: 'Thank you. You can unsubscribe at any time with the link in every e-mail.',
  },
  denied: { fr: 'Votre adresse est effacée', en: 'Your address is deleted' },
  deniedLead: {
    fr: 'Vous ne recevrez rien. Quelqu’un avait sans doute mal écrit la sienne.',
    en: 'You will receive nothing. Someone probably mistyped their own.',
  },
  dropped: { fr: 'Cette demande est annulée', en: 'This request is cancelled' },
  droppedLead: {
    fr: 'Rien ne change à votre inscription d’avant. Pour l’arrêter aussi, servez-vous du lien « Se désinscrire » d’un e-mail.',
    en: 'Your earlier subscription stays as it was. To end it too, use the “Unsubscribe” link of an e-mail.',
  },
  asked: { fr: 'Demandé', en: 'Asked for' },
  askedOnce: { fr: 'Demandé le', en: 'Asked on' },
  mine: { fr: 'C’était moi : relier ces visites aux miennes', en: 'That was me: link these visits with mine' },
  linked: { fr: 'avec le lien entre vos visites', en: 'with your visits linked' },
  withdrawn: { fr: 'Cette inscription a été retirée', en: 'This subscription was withdrawn' },
  withdrawnLead: {
    fr: 'Vous ne recevez plus rien. Pour revenir, remplissez le formulaire à nouveau.',
    en: 'You no longer receive anything. To come back, fill in the form again.',
  },
  expired: { fr: 'Ce lien a expiré', en: 'This link has expired' },
  expiredLead: {
    fr: 'Remplissez le formulaire à nouveau pour recevoir un nouveau lien.',
    en: 'Fill in the form again to receive a new link.',
  },
  unknown: { fr: 'Ce lien ne mène plus nulle part', en: 'This link leads nowhere any more' },
  unknownLead: {
    fr: 'Il est incomplet, ou l’inscription a été effacée.',
    en: 'It is cut short, or the subscription was deleted.',
  },
} satisfies Record<string, Words>;

export const confirmLead = (site: string): Words => ({
  fr: `Vous avez demandé à recevoir les e-mails de ${site}. Un dernier geste suffit.`,
  en: `You asked to receive e-mails from ${site}. One last step.`,
});

export const atStore = (store: string): Words => ({ fr: `magasin ${store}`, en: `${store} store` });
