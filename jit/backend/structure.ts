/**
 * Structure: the nested `block`, `loop` and `if` of a function as a flat list of items, in text order.
 *
 * Needs the placement, and the edges with their moves. Promises well-nested items whose branches name
 * enclosing labels; labels nobody branches to are dropped. A branch that may fall through carries no `br`. Of two
 * inline arms the smaller nests and the other follows it, so nesting by `if` is logarithmic. No recursion.
 */
import { blockOf, type IrFunction } from '../../ir/function.js';
import type { Block } from '../../ir/types.js';
import { BackendError } from './backend-error.js';
import type { Edge } from './edges.js';
import type { Placement } from './placement.js';
import type { Trees } from './treeify.js';

/** A branch target: the end of a `block` or the start of a `loop`. */
export interface Label {
  readonly name: string;
  readonly construct: 'block' | 'loop';
  used: boolean;
}

export type Item =
  | { readonly kind: 'open'; readonly label: Label }
  /** Ends an `if` (no label) or what the label opened. */
  | { readonly kind: 'end'; readonly label: Label | null }
  | { readonly kind: 'if'; readonly block: Block; readonly negate: boolean }
  | { readonly kind: 'else' }
  /** The statements of a block. */
  | { readonly kind: 'code'; readonly block: Block }
  /** The moves of an edge: the parameters of its target get their arguments. */
  | { readonly kind: 'moves'; readonly block: Block; readonly edge: number }
  | { readonly kind: 'br'; readonly label: Label }
  | { readonly kind: 'br_if'; readonly block: Block; readonly negate: boolean; readonly label: Label }
  | { readonly kind: 'br_table'; readonly block: Block; readonly labels: readonly Label[] }
  /** The return or trap of a block. */
  | { readonly kind: 'leave'; readonly block: Block };

/** An if-else joins its arms only while both are at most this large; else one of them follows the `end`. */
const MAX_ARM = 8;

/** `follow`: the block whose code comes next in the text, reached by falling through. */
type Task =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'visit'; readonly block: Block; readonly follow: Block | null }
  | { readonly kind: 'edge'; readonly block: Block; readonly edge: number; readonly follow: Block | null }
  | { readonly kind: 'label'; readonly block: Block; readonly label: Label | null };

export function structure(func: IrFunction, placement: Placement, trees: Trees, edges: readonly (readonly Edge[])[]): Item[] {
  const [entry] = placement.order;
  if (entry === undefined) throw new BackendError('NOT_LOWERED', `${func.name} has no entry block`);
  const items = new Structurer(func, placement, edges).run(entry);
  return withoutEmptyArms(items.filter((item) => !isIdle(item, trees)));
}

/** Labels nobody branches to, and blocks without statements. */
function isIdle(item: Item, trees: Trees): boolean {
  if (item.kind === 'code') return (trees.roots[item.block]?.length ?? 0) === 0;
  return (item.kind === 'open' || item.kind === 'end') && item.label !== null && !item.label.used;
}

function withoutEmptyArms(items: readonly Item[]): Item[] {
  const result: Item[] = [];
  for (const item of items) {
    const last = result.at(-1);
    if (item.kind === 'else' && last?.kind === 'if') {
      result[result.length - 1] = { ...last, negate: !last.negate };
      continue;
    }
    if (item.kind === 'end' && last?.kind === 'else') result.pop();
    result.push(item);
  }
  return result;
}

class Structurer {
  readonly #items: Item[] = [];
  /** Work still to do, next last. */
  readonly #work: Task[] = [];
  /** What a branch to each block means at this place of the text. */
  readonly #labels: (Label | null)[] = [];

  constructor(
    readonly func: IrFunction,
    readonly placement: Placement,
    readonly edges: readonly (readonly Edge[])[],
  ) {}

  run(entry: Block): Item[] {
    this.#work.push({ kind: 'visit', block: entry, follow: null });
    for (let task = this.#work.pop(); task; task = this.#work.pop()) {
      if (task.kind === 'item') this.#items.push(task.item);
      else if (task.kind === 'label') this.#labels[task.block] = task.label;
      else this.#schedule(task.kind === 'visit' ? this.#visit(task.block, task.follow) : this.#edge(task));
    }
    return this.#items;
  }

  #schedule(tasks: readonly Task[]): void {
    for (let index = tasks.length - 1; index >= 0; index--) {
      const task = tasks[index];
      if (task) this.#work.push(task);
    }
  }

  #visit(block: Block, follow: Block | null): Task[] {
    const after = this.placement.after[block] ?? [];
    const within = this.placement.within[block] ?? [];
    const inner = after[0] ?? follow;
    const body = this.#labelled(within, [code(block), ...this.#terminator(block, within[0] ?? inner)], inner);
    return this.#labelled(after, this.placement.isLoop[block] ? this.#loop(block, body) : body, follow);
  }

  #loop(header: Block, body: readonly Task[]): Task[] {
    const label: Label = { name: `loop${header}`, construct: 'loop', used: false };
    return [
      { kind: 'label', block: header, label },
      step({ kind: 'open', label }),
      ...body,
      step({ kind: 'end', label }),
      { kind: 'label', block: header, label: null },
    ];
  }

  /** Opens a block for each child, the first innermost, around `body`; each child's code follows the end of its block. */
  #labelled(children: readonly Block[], body: readonly Task[], follow: Block | null): Task[] {
    const labels = children.map((child): Label => ({ name: `block${child}`, construct: 'block', used: false }));
    const opening: Task[] = [];
    const closing: Task[] = [];
    children.forEach((child, index) => {
      const label = labels[index] ?? null;
      if (!label) return;
      opening.unshift({ kind: 'label', block: child, label }, step({ kind: 'open', label }));
      closing.push(step({ kind: 'end', label }), { kind: 'label', block: child, label: null });
      closing.push({ kind: 'visit', block: child, follow: children[index + 1] ?? follow });
    });
    return [...opening, ...body, ...closing];
  }

  #terminator(block: Block, follow: Block | null): Task[] {
    const { terminator } = blockOf(this.func, block);
    switch (terminator?.kind) {
      case 'return':
      case 'trap':
        return [step({ kind: 'leave', block })];
      case 'jump':
        return [{ kind: 'edge', block, edge: 0, follow }];
      case 'brif':
        return [{ kind: 'edge', block, edge: CONDITIONAL, follow }];
      case 'br_table':
        return [{ kind: 'edge', block, edge: SWITCH, follow }];
      case 'await':
      case 'await_call':
      case undefined:
        throw new BackendError('NOT_LOWERED', `block${block} of ${this.func.name} ends in ${terminator?.kind ?? 'nothing'}`);
    }
  }

  /** Decided when the walk reaches the edge, since what a label means depends on the place. */
  #edge({ block, edge, follow }: { block: Block; edge: number; follow: Block | null }): Task[] {
    if (edge === CONDITIONAL) return this.#conditional(block, follow);
    if (edge === SWITCH) return this.#switch(block);
    const target = this.#target(block, edge);
    const tasks: Task[] = this.#hasMoves(block, edge) ? [step({ kind: 'moves', block, edge })] : [];
    // What follows is never a loop that is open here, so a back edge always is a branch.
    if (this.#standsHere(block, edge)) tasks.push({ kind: 'visit', block: target, follow });
    else if (target !== follow) tasks.push(step({ kind: 'br', label: this.#use(target) }));
    return tasks;
  }

  #conditional(block: Block, follow: Block | null): Task[] {
    for (const [edge, other] of [[0, 1], [1, 0]] as const) {
      const skips = this.#target(block, other) === follow && !this.#hasMoves(block, other);
      const hasArm = this.#standsHere(block, edge) || this.#hasMoves(block, edge);
      if (!skips || !hasArm || this.#armSize(block, edge) > MAX_ARM) continue;
      const arm: Task = { kind: 'edge', block, edge, follow };
      return [step({ kind: 'if', block, negate: edge === 1 }), arm, step({ kind: 'end', label: null })];
    }
    // Better to branch on the edge that cannot fall through.
    for (const edge of this.#target(block, 0) === follow ? [1, 0] : [0, 1]) {
      if (this.#standsHere(block, edge) || this.#hasMoves(block, edge)) continue;
      const label = this.#use(this.#target(block, edge));
      return [step({ kind: 'br_if', block, negate: edge === 1, label }), { kind: 'edge', block, edge: 1 - edge, follow }];
    }
    const sizes = [this.#armSize(block, 0), this.#armSize(block, 1)] as const;
    const negate = sizes[1] < sizes[0];
    const [first, second] = negate ? [1, 0] : [0, 1];
    const joined = Math.max(...sizes) <= MAX_ARM;
    const opening = step({ kind: 'if', block, negate: joined ? false : negate });
    const closing = step({ kind: 'end', label: null });
    if (!joined) {
      const arm: Task = { kind: 'edge', block, edge: first, follow: null };
      return [opening, arm, closing, { kind: 'edge', block, edge: second, follow }];
    }
    const arms: Task[] = [{ kind: 'edge', block, edge: 0, follow }, step({ kind: 'else' }), { kind: 'edge', block, edge: 1, follow }];
    return [opening, ...arms, closing];
  }

  /** Edges with moves go through a block of their own, behind the `br_table`. */
  #switch(block: Block): Task[] {
    const ways = new Map<number, Label>();
    const labels = (this.edges[block] ?? []).map((_, edge) => this.#way(block, edge, ways));
    const tasks: Task[] = [step({ kind: 'br_table', block, labels })];
    for (const [edge, label] of ways) {
      tasks.unshift(step({ kind: 'open', label }));
      tasks.push(step({ kind: 'end', label }), { kind: 'edge', block, edge, follow: null });
    }
    return tasks;
  }

  #way(block: Block, edge: number, ways: Map<number, Label>): Label {
    if (!this.#hasMoves(block, edge)) return this.#use(this.#target(block, edge));
    const label: Label = { name: `edge${block}_${edge}`, construct: 'block', used: true };
    ways.set(edge, label);
    return label;
  }

  #target(block: Block, edge: number): Block {
    const target = this.edges[block]?.[edge]?.target;
    if (target === undefined) throw new BackendError('NOT_LOWERED', `block${block} of ${this.func.name} has no edge ${edge}`);
    return target;
  }

  #hasMoves(block: Block, edge: number): boolean {
    return (this.edges[block]?.[edge]?.moves.length ?? 0) > 0;
  }

  /** True if the code of the edge's target stands at the edge; a back edge to such a block is a branch. */
  #standsHere(block: Block, edge: number): boolean {
    const target = this.#target(block, edge);
    return this.placement.isInline[target] === 1 && !this.#labels[target];
  }

  #armSize(block: Block, edge: number): number {
    return this.#standsHere(block, edge) ? (this.placement.size[this.#target(block, edge)] ?? 0) : 0;
  }

  #use(target: Block): Label {
    const label = this.#labels[target];
    if (!label) throw new BackendError('IRREDUCIBLE', `${this.func.name}: no label for block${target} encloses a branch to it`);
    label.used = true;
    return label;
  }
}

const CONDITIONAL = -1;
const SWITCH = -2;

const step = (item: Item): Task => ({ kind: 'item', item });
const code = (block: Block): Task => step({ kind: 'code', block });
