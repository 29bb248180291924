/** What @webassemblyjs' parsers give, as far as it is looked at, and the instructions of its functions in order of execution. */

export interface Program {
  readonly body: readonly { readonly fields: readonly Field[] }[];
}

interface Field {
  readonly type: string;
  readonly body?: readonly Node[];
}

interface Node {
  readonly type: string;
  readonly id?: string;
  readonly object?: string;
  readonly args?: readonly Node[];
  readonly instr?: readonly Node[];
  readonly intrs?: readonly Node[];
  readonly instrArgs?: readonly Node[];
  readonly test?: readonly Node[];
  readonly consequent?: readonly Node[];
  readonly alternate?: readonly Node[];
}

/** Keywords of every function's body, without the closing `end`. */
export const bodiesOf = ({ body: [module] }: Program): string[][] =>
  (module?.fields ?? []).filter(({ type }) => type === 'Func').map(({ body = [] }) => {
    const words = body.flatMap(wordsOf);
    return words.at(-1) === 'end' && isBinary(body) ? words.slice(0, -1) : words;
  });

/** Of the two parsers the one for binaries keeps each `end`. */
const isBinary = (body: readonly Node[]): boolean => body.at(-1)?.id === 'end';

const ended = (nodes: readonly Node[]): Node[] => nodes.filter(({ id }) => id !== 'end');

function wordsOf(node: Node): string[] {
  const inner = (nodes: readonly Node[] | undefined): string[] => ended(nodes ?? []).flatMap(wordsOf);
  switch (node.type) {
    case 'BlockInstruction':
      return ['block', ...inner(node.instr), 'end'];
    case 'LoopInstruction':
      return ['loop', ...inner(node.instr), 'end'];
    case 'IfInstruction':
      return [...inner(node.test), 'if', ...inner(node.consequent), ...((node.alternate ?? []).length > 0 ? ['else', ...inner(node.alternate)] : []), 'end'];
    case 'CallInstruction':
      return [...inner(node.instrArgs), 'call'];
    case 'CallIndirectInstruction':
      return [...inner(node.intrs), 'call_indirect'];
    case 'Instr':
      if (node.id === 'local') return []; // the declaration of locals, which the format has in front of the body
      return [...inner((node.args ?? []).filter(({ type }) => /Instr/.test(type))), keywordOf(node)];
    default:
      return [];
  }
}

/** `get_local`, or `get` of the object `local`; unsigned types are told for some instructions, which the format does not have. */
function keywordOf({ id = '', object }: Node): string {
  const [, verb, place] = /^(get|set|tee)_(local|global)$/.exec(id) ?? [];
  if (verb !== undefined) return `${place}.${verb}`;
  return object === undefined ? id : `${object.replace(/^u/, 'i')}.${id}`;
}
