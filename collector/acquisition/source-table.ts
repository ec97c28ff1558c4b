/** The shape of the lists of sources, and what a source is to the channel rules. */

/** What kind of place a visit came from. A `website` has a name and no channel of its own. */
export type SourceKind = 'search' | 'social' | 'video' | 'assistant' | 'email' | 'shopping' | 'website';

/**
 * Name on screen -> its words, separated by spaces: hosts (`bing.com` stands for its subdomains too, `google.*` for every country's),
 * Android packages as `android-app://` referrers have them, in lower case, and without a dot what campaigns write as `utm_source`.
 */
export type SourceTable = Readonly<Record<string, string>>;

export type Source = { name: string; kind: SourceKind };
