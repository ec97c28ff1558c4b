/** Script of the overview: the page is complete without it. */
import { armCrosshair } from './crosshair.ts';
import { closeOnLeave } from './drop.ts';
import { keepLive } from './live.ts';

armCrosshair();
closeOnLeave();
keepLive();
