/** Units and bindings: what scope analysis finds out about the functions and variables of a program. */
import ts = require('typescript');
import type { Representation } from './representation.js';

export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.AccessorDeclaration
  | ClassPart;

/** Code of a class that runs as a function of its own: initializers, static blocks, the constructor of a class that writes none. */
export type ClassPart = ts.PropertyDeclaration | ts.ClassStaticBlockDeclaration | ts.ClassLikeDeclaration;

export const isClassPart = (node: ts.Node): node is ClassPart =>
  ts.isPropertyDeclaration(node) || ts.isClassStaticBlockDeclaration(node) || ts.isClassLike(node);

/** The parameters that arguments go to: a declared `this` is none. */
export const parametersOf = (node: FunctionNode | ts.SourceFile): readonly ts.ParameterDeclaration[] =>
  ts.isSourceFile(node) || isClassPart(node) ? [] : node.parameters.filter(({ name }) => !ts.isIdentifier(name) || name.text !== 'this');

/** A function of the source, or its top level. */
export interface Unit {
  readonly node: FunctionNode | ts.SourceFile;
  readonly parent: Unit | null;
  /** Name a user knows it by; may be empty. */
  name: string;
  /** Symbol of the body's IR function. */
  symbol: string;
  readonly async: boolean;
  /** `function*`; with `async` too, an async generator. */
  readonly generator: boolean;
  /** From where on in the text closures of it can be made. */
  readonly createdAt: number;
  /** Bindings of enclosing functions that it needs, itself or for a function that it calls directly. */
  readonly captures: Binding[];
  /** Functions that it calls by their symbol. */
  readonly calls: Set<Unit>;
  /** A closure of it is made somewhere. */
  escapes: boolean;
  /** Representation of the result of a plain function. */
  result: Representation;
  /** Representations that typed parameters are checked for on entry. */
  readonly parameterReps: Map<ts.ParameterDeclaration, Representation>;
  /** The `this` of a method or function that uses it. */
  self: Binding | null;
  /** The class that it is the constructor of. */
  constructs: ClassFacts | null;
}

/** The constructor of a class that writes none but extends another takes its arguments as an array, to hand them on. */
export const takesList = ({ node, constructs }: Unit): boolean =>
  constructs !== null && constructs.parent.kind !== 'none' && node === constructs.node;

/** What a class extends: nothing, an error of the library, a class of the program, or whatever a binding holds. */
export type Parent =
  | { readonly kind: 'none' }
  | { readonly kind: 'error'; readonly name: string }
  | { readonly kind: 'class'; readonly facts: ClassFacts; readonly binding: Binding }
  | { readonly kind: 'value'; readonly expression: ts.Expression; readonly binding: Binding };

/** A class of the program. */
export interface ClassFacts {
  readonly node: ts.ClassLikeDeclaration;
  name: string;
  /** Stands in the names of its symbols and of its private members. */
  readonly id: number;
  readonly owner: Unit;
  /** Where its own bindings live: at the top level the module, elsewhere the class itself. */
  readonly scope: ts.Node;
  maker: Unit;
  parent: Parent;
  /** The binding that the class's own code knows it by. */
  binding: Binding | null;
  /** What the computed names of instance fields are, for the constructor. */
  readonly fieldKeys: Map<ts.Node, Binding>;
}

export type BindingKind = 'let' | 'const' | 'var' | 'param' | 'function' | 'catch' | 'this';

/** Where a binding lives: an SSA variable, a cell on the heap, or a slot of the module's environment. */
export type Storage = 'local' | 'cell' | 'slot';

/** A variable, parameter or function name of the source. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The identifier that declares it; null for `this`. */
  readonly declaration: ts.Identifier | null;
  readonly owner: Unit;
  /** The node whose scope it belongs to. */
  readonly scope: ts.Node;
  /** Text position from which on it is initialized. */
  readonly readyAt: number;
  /** Assigned otherwise than by its initializer. */
  assigned: boolean;
  captured: boolean;
  storage: Storage;
  slot: number;
  rep: Representation;
  /** Some read may come before its initialization and must test for that. */
  tested: boolean;
  /** The function it always stands for. */
  known: Unit | null;
  /** The class it always stands for. */
  classFacts: ClassFacts | null;
  /** Expressions that are assigned to it, for the inference of its representation; null: anything. */
  readonly sources: (ts.Expression | null)[];
}
