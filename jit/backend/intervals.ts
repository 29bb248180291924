/**
 * Sorted lists of disjoint half-open ranges of text positions: whether two lists overlap, and their union.
 *
 * Time is that of the shorter list times the logarithm of the longer.
 */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Index of the first range that ends behind `position`. */
function firstEndingAfter(ranges: readonly Range[], position: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True if none of `more` overlaps any of `ranges`. */
export function fits(ranges: readonly Range[], more: readonly Range[]): boolean {
  return more.every(({ start, end }) => (ranges[firstEndingAfter(ranges, start)]?.start ?? Infinity) >= end);
}

/** Adds ranges that fit. */
export function insertAll(ranges: Range[], more: readonly Range[]): void {
  for (const range of more) {
    const at = firstEndingAfter(ranges, range.start);
    if (at === ranges.length) ranges.push(range);
    else ranges.splice(at, 0, range);
  }
}
