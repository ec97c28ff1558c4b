/** Until when visits go on that began in closed windows: what comes after that concerns the open day alone. */
import { VISIT_GAP_MS, VISIT_REACH_MS, VISIT_ROWS } from '../store/visits-sql.ts';

/**
 * `reach` of the visits begun before a cut, which is bound as `?2` and `?3`: half an hour after the last end, or 0. A kiosk's visits
 * go by the same, though the collector would not split them: a kiosk gives nobody half an hour's pause.
 */
export const REACH_OF_CUT = `WITH ${VISIT_ROWS} SELECT coalesce(max(ends) + ${VISIT_GAP_MS}, 0) AS reach FROM r WHERE began < ?2 AND at < began + ${VISIT_REACH_MS}`;
