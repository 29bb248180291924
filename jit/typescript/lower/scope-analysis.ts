/**
 * Scope analysis: finds units, bindings, captures, and where each binding lives.
 *
 * S1 A binding that functions capture and that is assigned later, or captured before it is initialized, lives in a cell.
 * S2 Other captured bindings are copied into closures: they never change after the copy.
 * S3 Captured bindings of the module's own scope live in environment slots, so top-level functions capture nothing.
 * S4 A direct call passes the callee's captures, so a caller captures them too (closed under calls).
 */
import ts from 'typescript';
import { parametersOf, type Binding, type BindingKind, type FunctionNode, type Unit } from './bindings.js';
import { repOfType } from './representation.js';

export interface ScopeFacts {
  readonly top: Unit;
  readonly units: readonly Unit[];
  readonly bindings: readonly Binding[];
  readonly slotCount: number;
  unitOf(node: FunctionNode): Unit;
  /** The binding an identifier stands for; undefined for library names, properties and types. */
  bindingOf(identifier: ts.Identifier): Binding | undefined;
  bindingsOf(scope: ts.Node): readonly Binding[];
  thisOf(unit: Unit): Binding | null;
  /** The function that a call of this identifier calls directly. */
  directCallee(identifier: ts.Expression): Unit | null;
  /** True if this use of the binding must test whether it is initialized. */
  needsTest(identifier: ts.Identifier): boolean;
}

const isFunctionNode = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node);

const isScope = (node: ts.Node): boolean =>
  ts.isSourceFile(node) || ts.isBlock(node) || ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node) ||
  ts.isCaseBlock(node) || ts.isCatchClause(node) || isFunctionNode(node);

export function analyseScopes(file: ts.SourceFile, checker: ts.TypeChecker): ScopeFacts {
  return new Analysis(file, checker).run();
}

interface Use {
  readonly identifier: ts.Identifier;
  readonly binding: Binding;
  readonly unit: Unit;
  readonly called: boolean;
}

class Analysis {
  readonly #units = new Map<ts.Node, Unit>();
  readonly #order: Unit[] = [];
  readonly #bindings = new Map<ts.Symbol, Binding>();
  readonly #byScope = new Map<ts.Node, Binding[]>();
  readonly #ofIdentifier = new Map<ts.Identifier, Binding>();
  readonly #uses: Use[] = [];
  readonly #direct = new Map<ts.Node, Unit>();
  readonly #tests = new Set<ts.Identifier>();
  readonly #thisUses: { readonly unit: Unit; readonly self: Binding }[] = [];
  readonly #early: number;

  constructor(
    readonly file: ts.SourceFile,
    readonly checker: ts.TypeChecker,
  ) {
    this.#early = endOfInertPrefix(file);
  }

  run(): ScopeFacts {
    const top = this.#unit(this.file, null);
    this.#declareIn(this.file, top, this.file);
    this.#collectUses(this.file, top);
    this.#resolveCalls();
    this.#closeCaptures();
    const slotCount = this.#place();
    return {
      top,
      units: this.#order,
      bindings: [...this.#bindings.values()],
      slotCount,
      unitOf: (node) => this.#unitAt(node),
      bindingOf: (identifier) => this.#ofIdentifier.get(identifier),
      bindingsOf: (scope) => this.#byScope.get(scope) ?? [],
      thisOf: (unit) => thisUnit(unit)?.self ?? null,
      directCallee: (node) => this.#direct.get(node) ?? null,
      needsTest: (identifier) => this.#tests.has(identifier),
    };
  }

  #unitAt(node: ts.Node): Unit {
    const unit = this.#units.get(node);
    if (!unit) throw new Error(`no unit for a node of kind ${ts.SyntaxKind[node.kind]}`);
    return unit;
  }

  #unit(node: FunctionNode | ts.SourceFile, parent: Unit | null): Unit {
    const unit: Unit = {
      node, parent, name: ts.isSourceFile(node) ? '' : nameOf(node), symbol: '',
      async: ts.isSourceFile(node) || hasModifier(node, ts.SyntaxKind.AsyncKeyword),
      createdAt: ts.isFunctionDeclaration(node) ? hoistPosition(node) : node.pos,
      captures: [], calls: new Set(), escapes: false, result: 'val', parameterReps: new Map(), self: null,
    };
    this.#units.set(node, unit);
    this.#order.push(unit);
    return unit;
  }

  // Declarations --------------------------------------------------------------------------------------------------------

  #declareIn(node: ts.Node, unit: Unit, scope: ts.Node): void {
    ts.forEachChild(node, (child) => this.#declare(child, unit, scope));
  }

  #declare(node: ts.Node, unit: Unit, scope: ts.Node): void {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (isFunctionNode(node)) {
      if (isAmbient(node)) return;
      const inner = this.#unit(node, unit);
      if (ts.isFunctionDeclaration(node) && node.name) this.#bind(node.name, 'function', unit, scope, node.end).known = inner;
      if (ts.isFunctionExpression(node) && node.name) this.#bind(node.name, 'function', inner, node, node.pos).known = inner;
      for (const parameter of parametersOf(node)) {
        inner.parameterReps.set(parameter, repOfType(this.checker.getTypeAtLocation(parameter)));
        this.#bindPattern(parameter.name, 'param', inner, node, parameter.pos, parameter);
      }
      return this.#declareIn(node, inner, node);
    }
    if (ts.isVariableDeclarationList(node)) this.#bindList(node, unit, scope);
    if (ts.isCatchClause(node) && node.variableDeclaration) {
      this.#bindPattern(node.variableDeclaration.name, 'catch', unit, node, node.block.pos, node.variableDeclaration);
    }
    this.#declareIn(node, unit, isScope(node) && !isBodyOfFunction(node) ? node : scope);
  }

  #bindList(list: ts.VariableDeclarationList, unit: Unit, scope: ts.Node): void {
    if (list.parent.kind === ts.SyntaxKind.VariableStatement && isAmbient(list.parent)) return;
    const kind: BindingKind = list.flags & ts.NodeFlags.Let ? 'let' : list.flags & ts.NodeFlags.Const ? 'const' : 'var';
    const isLoopHead = ts.isForOfStatement(list.parent) || ts.isForInStatement(list.parent);
    for (const declaration of list.declarations) {
      const readyAt = isLoopHead ? list.end : declaration.end;
      this.#bindPattern(declaration.name, kind, unit, kind === 'var' ? unit.node : scope, readyAt, declaration);
    }
  }

  #bindPattern(
    name: ts.BindingName, kind: BindingKind, unit: Unit, scope: ts.Node, readyAt: number,
    source: ts.ParameterDeclaration | ts.VariableDeclaration | ts.BindingElement,
  ): void {
    if (!ts.isIdentifier(name)) {
      for (const element of name.elements) {
        if (ts.isBindingElement(element)) this.#bindPattern(element.name, kind, unit, scope, readyAt, element);
      }
      return;
    }
    const binding = this.#bind(name, kind, unit, scope, readyAt);
    const initializer = ts.isVariableDeclaration(source) ? source.initializer : undefined;
    if (initializer) binding.sources.push(initializer);
    else if (kind !== 'param' || !isPlainParameter(source)) binding.sources.push(null);
  }

  #bind(name: ts.Identifier, kind: BindingKind, owner: Unit, scope: ts.Node, readyAt: number): Binding {
    const symbol = this.checker.getSymbolAtLocation(name);
    const known = symbol && this.#bindings.get(symbol);
    if (known) {
      known.assigned = true;
      this.#ofIdentifier.set(name, known);
      return known;
    }
    const binding: Binding = {
      name: name.text, kind, declaration: name, owner, scope, readyAt, assigned: false, captured: false, storage: 'local', slot: -1,
      rep: repOfType(this.checker.getTypeAtLocation(name)), tested: false, known: null, sources: [],
    };
    if (symbol) this.#bindings.set(symbol, binding);
    this.#ofIdentifier.set(name, binding);
    const inScope = this.#byScope.get(scope);
    if (inScope) inScope.push(binding);
    else this.#byScope.set(scope, [binding]);
    return binding;
  }

  // Uses ----------------------------------------------------------------------------------------------------------------

  #collectUses(node: ts.Node, unit: Unit): void {
    ts.forEachChild(node, (child) => {
      if (ts.isTypeNode(child) || ts.isInterfaceDeclaration(child) || ts.isTypeAliasDeclaration(child)) return;
      const inner = isFunctionNode(child) && !isAmbient(child) ? this.#unitAt(child) : unit;
      if (isFunctionNode(child)) this.#nameByContext(child, inner);
      if (ts.isIdentifier(child)) this.#use(child, unit);
      else if (child.kind === ts.SyntaxKind.ThisKeyword) this.#useThis(unit);
      this.#collectUses(child, inner);
    });
  }

  #nameByContext(node: FunctionNode, unit: Unit): void {
    const { parent } = node;
    if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
      if (unit.name === '') unit.name = parent.name.text;
      const binding = this.#ofIdentifier.get(parent.name);
      if (binding?.kind === 'const' && parent.initializer === node) binding.known = unit;
    } else if (unit.name === '' && ts.isPropertyAssignment(parent) && !ts.isComputedPropertyName(parent.name)) unit.name = parent.name.getText();
  }

  #use(identifier: ts.Identifier, unit: Unit): void {
    if (this.#ofIdentifier.has(identifier) || isPropertyName(identifier)) return;
    const symbol = ts.isShorthandPropertyAssignment(identifier.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(identifier.parent)
      : ts.isExportSpecifier(identifier.parent)
        ? this.checker.getExportSpecifierLocalTargetSymbol(identifier.parent)
        : this.checker.getSymbolAtLocation(identifier);
    const binding = symbol && this.#bindings.get(symbol);
    if (!binding) return;
    this.#ofIdentifier.set(identifier, binding);
    const written = assignedSource(identifier);
    if (written !== undefined) {
      binding.assigned = true;
      binding.sources.push(...written);
    }
    this.#uses.push({ identifier, binding, unit, called: isCallee(identifier) });
  }

  #useThis(unit: Unit): void {
    const method = thisUnit(unit);
    if (!method) return;
    method.self ??= {
      name: 'this', kind: 'this', declaration: null, owner: method, scope: method.node, readyAt: method.node.pos, assigned: false,
      captured: false, storage: 'local', slot: -1, rep: 'val', tested: false, known: null, sources: [null],
    };
    this.#thisUses.push({ unit, self: method.self });
  }

  /** Which calls go straight to a function; every other use of a function's name makes it a value. */
  #resolveCalls(): void {
    for (const { identifier, binding, unit, called } of this.#uses) {
      const target = binding.assigned ? null : binding.known;
      const ready = this.#isReady(identifier, binding, unit);
      if (!ready) {
        binding.tested = true;
        this.#tests.add(identifier);
      }
      if (target && called && ready && !hasSpread(identifier.parent)) {
        this.#direct.set(identifier, target);
        unit.calls.add(target);
      } else {
        if (target) target.escapes = true;
        this.#capture(unit, binding);
      }
    }
    for (const { unit, self } of this.#thisUses) this.#capture(unit, self);
    for (const binding of this.#bindings.values()) if (binding.assigned) binding.known = null;
    for (const unit of this.#order) {
      if (!ts.isSourceFile(unit.node) && !ts.isFunctionDeclaration(unit.node)) unit.escapes ||= !isKnownInitializer(unit.node);
    }
  }

  /** True if no run of the program can come here before the binding is initialized. */
  #isReady(identifier: ts.Identifier, binding: Binding, unit: Unit): boolean {
    if (binding.kind !== 'let' && binding.kind !== 'const') return true;
    if (binding.scope === this.file && binding.readyAt <= this.#early) return true;
    if (ts.isCaseBlock(binding.scope)) return false;
    let outermost: Unit | null = null;
    for (let at: Unit | null = unit; at && at !== binding.owner; at = at.parent) outermost = at;
    if (outermost === null) return identifier.pos >= binding.readyAt;
    if (binding.known === outermost) return true;
    return outermost.createdAt >= binding.readyAt;
  }

  // Captures --------------------------------------------------------------------------------------------------------------

  #capture(unit: Unit, binding: Binding): void {
    if (binding.owner === unit) return;
    binding.captured = true;
    if (binding.scope === this.file) return;
    for (let at: Unit | null = unit; at && at !== binding.owner; at = at.parent) {
      if (!at.captures.includes(binding)) at.captures.push(binding);
    }
  }

  /** S4. */
  #closeCaptures(): void {
    for (let changed = true; changed; ) {
      changed = false;
      for (const unit of this.#order) {
        for (const callee of unit.calls) {
          for (const binding of callee.captures) {
            if (binding.owner === unit || unit.captures.includes(binding)) continue;
            this.#capture(unit, binding);
            changed = true;
          }
        }
      }
    }
  }

  #place(): number {
    let slotCount = 0;
    for (const unit of this.#order) {
      for (const binding of unit.captures) if (unit.createdAt < binding.readyAt || binding.assigned) binding.storage = 'cell';
    }
    for (const binding of this.#bindings.values()) {
      if (binding.captured && binding.scope === this.file) {
        binding.storage = 'slot';
        binding.slot = slotCount++;
      }
      if (binding.storage !== 'local' || binding.tested) binding.rep = 'val';
      if (binding.kind === 'function') binding.rep = 'val';
    }
    return slotCount;
  }
}

// Syntax ----------------------------------------------------------------------------------------------------------------

const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);

/** Declarations without code: `declare …`, overload signatures. */
const isAmbient = (node: ts.Node): boolean =>
  hasModifier(node, ts.SyntaxKind.DeclareKeyword) || (isFunctionNode(node) && node.body === undefined);

function nameOf(node: FunctionNode): string {
  if (ts.isArrowFunction(node) || !node.name) return '';
  return ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : '';
}

/** Functions are hoisted to the start of the block they stand in. */
const hoistPosition = (node: ts.FunctionDeclaration): number => (ts.isSourceFile(node.parent) ? 0 : node.parent.getStart());

const isBodyOfFunction = (node: ts.Node): boolean => ts.isBlock(node) && isFunctionNode(node.parent);

const isPlainParameter = (node: ts.Node): boolean =>
  ts.isParameter(node) && !node.dotDotDotToken && ts.isIdentifier(node.name);

/** The unit whose `this` a function sees: arrow functions see that of the function around them. */
function thisUnit(unit: Unit): Unit | null {
  let at: Unit | null = unit;
  while (at && ts.isArrowFunction(at.node)) at = at.parent;
  return at && !ts.isSourceFile(at.node) ? at : null;
}

function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isMethodDeclaration(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    (ts.isExportSpecifier(parent) && parent.propertyName !== undefined && parent.name === node) ||
    ts.isLabeledStatement(parent) || ts.isBreakStatement(parent) || ts.isContinueStatement(parent)
  );
}

const isCallee = (node: ts.Expression): boolean =>
  ts.isCallExpression(node.parent) && node.parent.expression === node && !node.parent.questionDotToken;

const hasSpread = (node: ts.Node): boolean => ts.isCallExpression(node) && node.arguments.some(ts.isSpreadElement);

/** An arrow function or function expression that initializes a constant: it is a value only if the name is used as one. */
function isKnownInitializer(node: FunctionNode): boolean {
  const { parent } = node;
  return ts.isVariableDeclaration(parent) && parent.initializer === node && ts.isIdentifier(parent.name) &&
    (parent.parent.flags & ts.NodeFlags.Const) !== 0;
}

/** What an identifier is assigned here: expressions, null for unknown values; undefined if it is only read. */
function assignedSource(node: ts.Identifier): (ts.Expression | null)[] | undefined {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node && isAssignmentOperator(parent.operatorToken.kind)) {
    return [parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ? parent.right : parent];
  }
  if ((ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) && isStep(parent.operator)) return [parent];
  if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node) return [null];
  return isInAssignedPattern(node) ? [null] : undefined;
}

const isStep = (operator: ts.SyntaxKind): boolean =>
  operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;

export const isAssignmentOperator = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** True inside of the left side of `[a, b] = …`, at the place of a target. */
function isInAssignedPattern(node: ts.Node): boolean {
  let at: ts.Node = node;
  for (;;) {
    const { parent } = at;
    if (ts.isParenthesizedExpression(parent) || ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent)) at = parent;
    else if (ts.isArrayLiteralExpression(parent) || ts.isObjectLiteralExpression(parent)) at = parent;
    else if (ts.isPropertyAssignment(parent) && parent.initializer === at) at = parent;
    else if (ts.isShorthandPropertyAssignment(parent) && parent.name === at) at = parent;
    else if (ts.isBinaryExpression(parent) && parent.left === at && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      if (ts.isArrayLiteralExpression(at) || ts.isObjectLiteralExpression(at)) return true;
      at = parent;
    } else if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === at) return at !== node;
    else return false;
  }
}

/** How far from the start the module only declares and computes nothing that could call a function. */
function endOfInertPrefix(file: ts.SourceFile): number {
  for (const statement of file.statements) if (!isInert(statement)) return statement.pos;
  return file.end;
}

function isInert(statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.every(({ name, initializer }) => ts.isIdentifier(name) && (!initializer || isInertExpression(initializer)));
  }
  return (
    ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ||
    ts.isExportDeclaration(statement) || ts.isEnumDeclaration(statement) || statement.kind === ts.SyntaxKind.EmptyStatement
  );
}

function isInertExpression(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isInertExpression(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  if (ts.isBinaryExpression(node)) return [node.left, node.right].every((side) => ts.isNumericLiteral(side) || (ts.isBinaryExpression(side) && isInertExpression(side)));
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((element) => !ts.isSpreadElement(element) && isInertExpression(element));
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every((property) => ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name) && isInertExpression(property.initializer));
  }
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) && ['Map', 'Set'].includes(node.expression.text) && !node.arguments?.length;
  return ts.isLiteralExpression(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node) ||
    [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}
