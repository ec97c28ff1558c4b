/** Small marks beside numbers: a bar for a share of the largest, a whisker for an interval. */

const percent = (part: number) => `${Number((Math.min(1, Math.max(0, part)) * 100).toFixed(1))}%`;

/** A hair-thin bar under a name. It repeats what the number says, so it is silent. */
export const Bar = ({ share }: { share: number }) => (
  <svg class="bar" aria-hidden="true">
    <rect width={percent(share)} height="100%" />
  </svg>
);

/** An interval on a scale from zero to `max`, the same for every row of a table. */
export const Whisker = ({
  value,
  interval: [low, high],
  max,
}: {
  value: number;
  interval: readonly [number, number];
  max: number;
}) => (
  <svg class="whisker" aria-hidden="true">
    <line class="rail" x1="0" x2="100%" y1="50%" y2="50%" />
    <line class="reach" x1={percent(low / max)} x2={percent(high / max)} y1="50%" y2="50%" />
    <circle cx={percent(value / max)} cy="50%" r="3.5" />
  </svg>
);
