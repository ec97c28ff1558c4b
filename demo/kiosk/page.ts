/** placeholder */
export const kioskPage = (tagOrigin: string, siteKey: string) => `${tagOrigin}${siteKey}`;
