/**
 * Networks that rent out machines. Alone it proves nothing: people come through them by VPN, and a store's kiosk may. Data:
 * autonomous system numbers as their owners publish them (https://bgp.tools).
 */

/** Amazon, Google Cloud, Microsoft, DigitalOcean, OVH, Hetzner, Linode, Vultr, Contabo, Scaleway, Leaseweb, M247, Oracle, Alibaba, Tencent, Huawei, Baidu, UCloud, Zenlayer, Datacamp, HostPapa, Hostinger, IONOS, Aruba, Kamatera, Choopa. */
const DATA_CENTRES = new Set([
  14618, 16509, 8987, 396982, 15169, 8075, 14061, 16276, 35540, 24940, 213230, 63949, 20473, 51167, 40021, 12876, 60781, 28753,
  30633, 9009, 31898, 45102, 37963, 45090, 132203, 133478, 55990, 136907, 38365, 55967, 135377, 21859, 60068, 212238, 36352,
  47583, 8560, 31034, 36007, 20278, 62240, 46606, 26496, 53667, 29802, 64267, 49981, 202425, 398101,
]);

/**
 * Does it look like a machine in a data centre rather than like a browser behind one? Every browser since 2023 says in
 * `Sec-Fetch-Mode` how it fetches, and every browser names its languages.
 */
export function isDataCentreHit(headers: Headers, asn: number | null): boolean {
  if (asn === null || !DATA_CENTRES.has(asn)) return false;
  return !headers.has('accept-language') || !headers.has('sec-fetch-mode');
}
