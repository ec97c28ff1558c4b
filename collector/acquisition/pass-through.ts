/**
 * Hosts that only pass a visitor on: a purchase goes through a payment page and comes back, a sign-in through an identity provider.
 * As a referrer they say nothing about where the visit came from, so they are left aside.
 */
import { HostTable } from './host-table.ts';

export type PassThrough = 'payment' | 'sign_in';

/** Payment pages, instalment lenders, and the banks' 3-D Secure pages. */
export const PAYMENT_HOSTS =
  'paypal.com paypal.me stripe.com stripe.network link.com adyen.com adyenpayments.com klarna.com payplug.com payzen.eu lyra.com ' +
  'systempay.fr cyberpluspaiement.com worldline.com worldline-solutions.com wlp-acs.com sips-services.com sips-atos.com ' +
  'ogone.com ingenico.com monetico-services.com paybox.com ' +
  'e-transactions.fr up2pay.com verifone.com verifone.cloud 2checkout.com hipay.com hipay-tpp.com mollie.com getalma.eu almapay.com ' +
  'oney.com oney.fr oney.io scalapay.com cofidis.fr floapay.com floa.fr younited-pay.com paylib.fr wero-wallet.eu sofort.com ideal.nl ' +
  'bancontact.com payconiq.com giropay.de paydirekt.de trustly.com trustly.one gocardless.com braintreegateway.com braintreepayments.com ' +
  'checkout.com squareup.com square.link worldpay.com authorize.net cybersource.com cardinalcommerce.com arcot.com ' +
  'touchtechpayments.com rsa3dsauth.com modirum.com saferpay.com datatrans.com datatrans.biz wallee.com twint.ch ' +
  'postfinance.ch redsys.es nexi.it xpay.nexigroup.com satispay.com przelewy24.pl payu.com payu.pl blik.com paytrail.com ' +
  'swish.nu vippsmobilepay.com nets.eu clearpay.com clearpay.co.uk afterpay.com affirm.com sezzle.com razorpay.com mercadopago.com ' +
  'alipay.com pay.weixin.qq.com pay.google.com pay.amazon.com payments.amazon.com payments.amazon.fr payments.amazon.de ' +
  'pay.shopify.com checkout.shopify.com shop.app pay.sumup.com sumup.link zettle.com paygreen.io limonetik.com lemonway.com ' +
  'mangopay.com stancer.com viva.com vivapayments.com buckaroo.nl multisafepay.com pay.nl unzer.com payone.com computop-paygate.com ' +
  'revolut.me checkout.revolut.com pay.revolut.com';

/** Identity providers and single sign-on. */
export const SIGN_IN_HOSTS =
  'accounts.google.* accounts.youtube.com appleid.apple.com account.apple.com idmsa.apple.com login.microsoftonline.com login.live.com ' +
  'login.microsoft.com login.windows.net b2clogin.com ciamlogin.com account.live.com login.yahoo.com api.login.yahoo.com ' +
  'franceconnect.gouv.fr proconnect.gouv.fr agentconnect.gouv.fr lidentitenumerique.laposte.fr auth0.com okta.com oktapreview.com ' +
  'okta-emea.com onelogin.com amazoncognito.com pingone.com pingone.eu pingidentity.com forgeblocks.com duosecurity.com ' +
  'accounts.dev clerk.com stytch.com descope.com fusionauth.io workos.com authkit.app kinde.com frontegg.com ' +
  'auth.gigya.com fidm.eu1.gigya.com socialize.gigya.com accounts.gigya.com reachfive.net login.salesforce.com test.salesforce.com ' +
  'accounts.shopify.com customer.login.shopify.com id.me login.gov itsme.be iamfas.belgium.be swissid.ch agov.ch bankid.com bankid.no ' +
  'criipto.id signicat.com spid.gov.it digid.nl clave.gob.es oauth.vk.com id.vk.com oauth.telegram.org passport.yandex.ru ' +
  'challenges.cloudflare.com cloudflareaccess.com hcaptcha.com';

const table = new HostTable<PassThrough>([
  ...PAYMENT_HOSTS.split(' ').map((host) => [host, 'payment'] as const),
  ...SIGN_IN_HOSTS.split(' ').map((host) => [host, 'sign_in'] as const),
]);
/** Every bank names its 3-D Secure page as it likes, but nearly all say so in a label. */
const THREE_D_SECURE = /(^|[.-])(3ds\d*|3-?d-?secure|acs-?3ds|3dsecure\d*)([.-]|$)/;

/** What a referring host passes people on for; null for any other. */
export function passThroughOf(host: string): PassThrough | null {
  return table.find(host) ?? (THREE_D_SECURE.test(host) ? 'payment' : null);
}
