/** Figures of all workers, summed from the counters in their slots. */
import { COUNTERS, SLOT, slotAt, type Control, type CounterName } from '../executor/layout.js';

export function workerCounters(control: Control): Record<CounterName, number> {
  const sum = (counter: number): number => {
    let total = 0;
    for (let worker = 0; worker < control.workers; worker++) total += control.doubles[((slotAt(worker) + SLOT.counters) >> 1) + counter] ?? 0;
    return total;
  };
  // One entry for each name.
  return Object.fromEntries(COUNTERS.map((name, counter) => [name, sum(counter)])) as Record<CounterName, number>;
}
