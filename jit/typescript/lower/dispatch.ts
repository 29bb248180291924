/** Tables from syntax kind to handler, in which the type of a handler's node is proven by a guard. */
import type ts from 'typescript';

export type Handle<Context, Result> = (context: Context, node: ts.Node) => Result;

export function on<Context, Node extends ts.Node, Result>(
  guard: (node: ts.Node) => node is Node,
  handle: (context: Context, node: Node) => Result,
): Handle<Context, Result> {
  return (context, node) => {
    if (!guard(node)) throw new Error(`dispatch table: kind ${node.kind} does not fit its guard`);
    return handle(context, node);
  };
}
