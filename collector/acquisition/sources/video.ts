/** Video platforms. */
import type { SourceTable } from '../source-table.ts';

export const VIDEO: SourceTable = {
  YouTube: 'youtube.com youtu.be youtube-nocookie.com com.google.android.youtube yt',
  Vimeo: 'vimeo.com com.vimeo.android.videoapp',
  Dailymotion: 'dailymotion.com dai.ly com.dailymotion.dailymotion',
  Twitch: 'twitch.tv tv.twitch.android.app',
  Kick: 'kick.com',
  Rumble: 'rumble.com',
  Odysee: 'odysee.com',
  PeerTube: 'joinpeertube.org framatube.org',
  Bilibili: 'bilibili.com tv.danmaku.bili',
  Youku: 'youku.com',
  Rutube: 'rutube.ru',
  Wistia: 'wistia.com',
  Netflix: 'netflix.com',
  Arte: 'arte.tv',
};
