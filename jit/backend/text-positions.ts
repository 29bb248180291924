/**
 * Text positions: numbers for the places of a function's text, in order of placement.
 *
 * A block takes one position for its start, where its parameters are written, one for each statement and one for its
 * terminator, whose moves happen there too. Reads at a position come before writes at it.
 */
import type { Block } from '../../ir/types.js';
import type { Placement } from './placement.js';
import type { Trees } from './treeify.js';

/** A loop's text [start, end) and the loop text around it. */
export interface LoopText {
  readonly start: number;
  end: number;
  readonly outer: LoopText | null;
  readonly depth: number;
}

export interface TextPositions {
  /** Position of each block's start. */
  readonly first: Int32Array;
  /** Position behind each block's terminator: the start of the next block in the text. */
  readonly end: Int32Array;
  /** The innermost loop text that each block stands in. */
  readonly loops: readonly (LoopText | null)[];
}

export function textPositions(placement: Placement, trees: Trees): TextPositions {
  const loops: (LoopText | null)[] = trees.roots.map(() => null);
  const first = new Int32Array(trees.roots.length);
  const end = new Int32Array(trees.roots.length);
  const open: { text: LoopText; last: number }[] = [];
  let position = 0;
  placement.order.forEach((block: Block, index) => {
    first[block] = position;
    const outer = open.at(-1)?.text ?? null;
    if (placement.isLoop[block]) {
      const text = { start: position, end: 0, outer, depth: (outer?.depth ?? 0) + 1 };
      open.push({ text, last: placement.loopEnd[block] ?? index });
    }
    loops[block] = open.at(-1)?.text ?? null;
    position += (trees.roots[block]?.length ?? 0) + 2;
    end[block] = position;
    while (open.at(-1)?.last === index) {
      const closed = open.pop();
      if (closed) closed.text.end = position;
    }
  });
  return { first, end, loops };
}
