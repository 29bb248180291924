/**
 * Scope analysis: finds units, bindings, captures, and where each binding lives.
 *
 * S1 A binding that functions capture and that is assigned later, or captured before it is initialized, lives in a cell.
 * S2 Other captured bindings are copied into closures: they never change after the copy.
 * S3 Captured bindings of the module's own scope live in environment slots, so top-level functions capture nothing.
 * S4 A direct call passes the callee's captures, so a caller captures them too (closed under calls).
 */
import ts = require('typescript');
import { forEachPart } from '../syntax-walk.js';
import { brandOf, completeClass, declareClass, nameByConstant, resolveParent, resolveSuper, superUse, type ClassScopes, type SuperUse } from './class-scopes.js';
import { contextName } from './context-names.js';
import { isClassPart, parametersOf, type Binding, type BindingKind, type ClassFacts, type FunctionNode, type Unit } from './bindings.js';
import { repOfType } from './representation.js';
import {
  assignedSource, endOfInertPrefix, hasModifier, hasSpread, hoistPosition, isAmbient, isBodyOfFunction, isCallee, isConstantOfEnum, isConstructed, isExtends, isFunctionNode, isKnownInitializer, isPlainParameter, isPropertyName, isScope, isTypeSyntax, nameOf, thisUnit,
} from './scope-syntax.js';
import { evaluationAt, type SessionPart } from './session.js';

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
  readonly classes: readonly ClassFacts[];
  classOf(node: ts.ClassLikeDeclaration): ClassFacts;
  /** The class that `new` with this identifier makes an instance of. */
  directClass(identifier: ts.Expression): ClassFacts | null;
  /** True if this use of the binding must test whether it is initialized. */
  needsTest(identifier: ts.Identifier): boolean;
}

export function analyseScopes(file: ts.SourceFile, checker: ts.TypeChecker, session: SessionPart | null = null): ScopeFacts {
  return new Analysis(file, checker, session).run();
}

interface Use {
  readonly identifier: ts.Identifier;
  readonly binding: Binding;
  readonly unit: Unit;
  readonly called: boolean;
  readonly constructed: boolean;
}

class Analysis {
  readonly #units = new Map<ts.Node, Unit>();
  readonly #order: Unit[] = [];
  readonly #bindings = new Map<ts.Symbol, Binding>();
  readonly #byScope = new Map<ts.Node, Binding[]>();
  readonly #ofIdentifier = new Map<ts.Identifier, Binding>();
  readonly #uses: Use[] = [];
  readonly #direct = new Map<ts.Node, Unit>();
  readonly #classes = new Map<ts.Node, ClassFacts>();
  readonly #directClasses = new Map<ts.Node, ClassFacts>();
  readonly #tests = new Set<ts.Identifier>();
  readonly #thisUses: { readonly unit: Unit; readonly self: Binding }[] = [];
  readonly #superUses: SuperUse[] = [];
  readonly #brandUses: { readonly unit: Unit; readonly facts: ClassFacts }[] = [];
  readonly #hiddenBindings: Binding[] = [];
  readonly #enums = new Map<ts.Symbol, { readonly node: ts.EnumDeclaration; readonly unit: Unit; readonly scope: ts.Node }>();
  readonly #early: number;

  constructor(
    readonly file: ts.SourceFile,
    readonly checker: ts.TypeChecker,
    readonly session: SessionPart | null,
  ) {
    this.#early = endOfInertPrefix(file);
  }

  run(): ScopeFacts {
    const top = this.#unit(this.file, null);
    this.#declareIn(this.file, top, this.file);
    this.#collectUses(this.file, top);
    const classes = [...this.#classes.values()];
    this.#resolveCalls(classes);
    this.#closeCaptures();
    const slotCount = this.#place();
    return {
      top,
      units: this.#order,
      bindings: [...this.#bindings.values(), ...this.#hiddenBindings],
      slotCount,
      unitOf: (node) => this.#unitAt(node),
      bindingOf: (identifier) => this.#ofIdentifier.get(identifier),
      bindingsOf: (scope) => this.#byScope.get(scope) ?? [],
      thisOf: (unit) => thisUnit(unit)?.self ?? null,
      directCallee: (node) => this.#direct.get(node) ?? null,
      classes,
      classOf: (node) => this.#classAt(node),
      directClass: (node) => this.#directClasses.get(node) ?? null,
      needsTest: (identifier) => this.#tests.has(identifier),
    };
  }

  #unitAt(node: ts.Node): Unit {
    const unit = this.#units.get(node);
    if (!unit) throw new Error(`no unit for a node of kind ${ts.SyntaxKind[node.kind]}`);
    return unit;
  }

  #classAt(node: ts.Node): ClassFacts {
    const facts = this.#classes.get(node);
    if (!facts) throw new Error('no facts for a class');
    return facts;
  }

  #unit(node: FunctionNode | ts.SourceFile, parent: Unit | null): Unit {
    const unit: Unit = {
      node, parent, name: ts.isSourceFile(node) ? '' : nameOf(node), symbol: '',
      async: ts.isSourceFile(node) || hasModifier(node, ts.SyntaxKind.AsyncKeyword),
      generator: !ts.isSourceFile(node) && !isClassPart(node) && node.asteriskToken !== undefined,
      createdAt: ts.isFunctionDeclaration(node) ? hoistPosition(node) : node.pos,
      captures: [], calls: new Set(), escapes: false, result: 'val', parameterReps: new Map(), self: null, constructs: null,
    };
    this.#units.set(node, unit);
    this.#order.push(unit);
    return unit;
  }

  // Declarations --------------------------------------------------------------------------------------------------------

  #declareIn(node: ts.Node, unit: Unit, scope: ts.Node): void {
    forEachPart(node, (child) => this.#declare(child, unit, scope));
  }

  #declare(node: ts.Node, unit: Unit, scope: ts.Node): void {
    if (isTypeSyntax(node)) return;
    if (ts.isClassLike(node)) return this.#declareClass(node, unit, scope);
    if (isFunctionNode(node)) {
      if (isAmbient(node)) return;
      const inner = this.#unit(node, unit);
      if (ts.isFunctionDeclaration(node) && node.name) this.#bind(node.name, 'function', unit, scope, node.end).known = inner;
      if (ts.isFunctionExpression(node) && node.name) this.#bind(node.name, 'function', unit, scope, node.end).known = inner;
      for (const parameter of parametersOf(node)) {
        inner.parameterReps.set(parameter, repOfType(this.checker.getTypeAtLocation(parameter)));
        this.#bindPattern(parameter.name, 'param', inner, node, parameter.pos, parameter);
      }
      return this.#declareIn(node, inner, node);
    }
    if (ts.isEnumDeclaration(node)) {
      const symbol = this.checker.getSymbolAtLocation(node.name);
      if (symbol && !isAmbient(node)) this.#enums.set(symbol, { node, unit, scope });
    }
    if (ts.isVariableDeclarationList(node)) this.#bindList(node, unit, scope);
    if (ts.isCatchClause(node) && node.variableDeclaration) {
      this.#bindPattern(node.variableDeclaration.name, 'catch', unit, node, node.block.pos, node.variableDeclaration);
    }
    this.#declareIn(node, unit, isScope(node) && !isBodyOfFunction(node) ? node : scope);
  }

  readonly #scopes: ClassScopes = {
    unit: (node, parent) => this.#unit(node, parent),
    bind: (name, unit, scope, readyAt) => this.#bind(name, 'const', unit, scope, readyAt),
    hidden: (name, owner, scope) => this.#hidden(name, owner, scope),
    self: (unit) => this.#selfOf(unit),
    bindingOf: (name) => this.#ofIdentifier.get(name),
    unitAt: (node) => this.#unitAt(node),
  };

  #declareClass(node: ts.ClassLikeDeclaration, unit: Unit, scope: ts.Node): void {
    const facts = declareClass(this.#scopes, node, unit, scope, this.#classes.size + 1);
    this.#classes.set(node, facts);
    this.#declareIn(node, unit, scope);
    completeClass(this.#scopes, facts);
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
    const symbol = ts.isParameterPropertyDeclaration(name.parent, name.parent.parent)
      ? this.checker.getSymbolsOfParameterPropertyDeclaration(name.parent, name.text)[0]
      : this.checker.getSymbolAtLocation(name);
    const known = symbol && this.#bindings.get(symbol);
    if (known) {
      known.assigned = true;
      this.#ofIdentifier.set(name, known);
      return known;
    }
    const binding: Binding = {
      name: name.text, kind, declaration: name, owner, scope, readyAt, assigned: false, captured: false, storage: 'local', slot: -1,
      rep: repOfType(this.checker.getTypeAtLocation(name)), tested: false, known: null, classFacts: null, sources: [],
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
    forEachPart(node, (child) => {
      if (isTypeSyntax(child)) return;
      // The name of a member is evaluated by whoever evaluates the class or literal.
      if (ts.isComputedPropertyName(child) && isFunctionNode(node) && unit.parent && unit.node === node) return this.#collectUses(child, unit.parent);
      const inner = isFunctionNode(child) && !isAmbient(child) ? this.#unitAt(child) : unit;
      if (isFunctionNode(child)) this.#nameByContext(child, inner);
      if (ts.isIdentifier(child)) this.#use(child, unit);
      else if (child.kind === ts.SyntaxKind.ThisKeyword || child.kind === ts.SyntaxKind.SuperKeyword) this.#useThis(unit);
      const said = child.kind === ts.SyntaxKind.SuperKeyword ? superUse(child, unit, (node) => this.#classes.get(node)) : null;
      if (said) this.#superUses.push(said);
      const brand = ts.isPrivateIdentifier(child) ? brandOf(child, (node) => this.#classAt(node)) : null;
      if (brand) this.#brandUses.push({ unit, facts: brand });
      if (ts.isClassLike(child)) nameByConstant(this.#scopes, this.#classAt(child));
      this.#collectUses(child, inner);
      if (isExtends(child)) resolveParent(this.#scopes, this.#classAt(child.parent.parent));
    });
  }

  #nameByContext(node: FunctionNode, unit: Unit): void {
    const { parent } = node;
    if (unit.name === '') unit.name = contextName(node);
    if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return;
    const binding = this.#ofIdentifier.get(parent.name);
    if (binding?.kind === 'const' && parent.initializer === node) binding.known = unit;
  }

  #use(identifier: ts.Identifier, unit: Unit): void {
    if (this.#ofIdentifier.has(identifier) || isPropertyName(identifier)) return;
    const symbol = ts.isShorthandPropertyAssignment(identifier.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(identifier.parent)
      : ts.isExportSpecifier(identifier.parent)
        ? this.checker.getExportSpecifierLocalTargetSymbol(identifier.parent)
        : this.checker.getSymbolAtLocation(identifier);
    const binding = symbol && (this.#bindings.get(symbol) ?? this.#bindEnum(symbol, identifier));
    if (!binding) return;
    this.#ofIdentifier.set(identifier, binding);
    const written = assignedSource(identifier);
    if (written !== undefined) {
      binding.assigned = true;
      binding.sources.push(...written);
    }
    this.#uses.push({ identifier, binding, unit, called: isCallee(identifier), constructed: isConstructed(identifier) });
  }

  #selfOf(unit: Unit): Binding | null {
    const method = thisUnit(unit);
    if (!method) return null;
    method.self ??= {
      name: 'this', kind: 'this', declaration: null, owner: method, scope: method.node, readyAt: method.node.pos, assigned: false,
      captured: false, storage: 'local', slot: -1, rep: 'val', tested: false, known: null, classFacts: null, sources: [null],
    };
    return method.self;
  }

  /** An enum is a variable only where it is used for more than its members by name. */
  #bindEnum(symbol: ts.Symbol, identifier: ts.Identifier): Binding | undefined {
    const declared = this.#enums.get(symbol);
    if (!declared || isConstantOfEnum(identifier, this.checker)) return undefined;
    const { node, unit, scope } = declared;
    const binding = this.#bind(node.name, 'const', unit, scope, node.end);
    binding.sources.push(null);
    return binding;
  }

  #useThis(unit: Unit): void {
    const self = this.#selfOf(unit);
    if (self) this.#thisUses.push({ unit, self });
  }

  /** A binding that no identifier names. */
  #hidden(name: string, owner: Unit, scope: ts.Node): Binding {
    const binding: Binding = {
      name, kind: 'const', declaration: null, owner, scope, readyAt: scope.pos, assigned: false, captured: false, storage: 'local', slot: -1,
      rep: 'val', tested: false, known: null, classFacts: null, sources: [null],
    };
    this.#hiddenBindings.push(binding);
    this.#byScope.set(scope, [...(this.#byScope.get(scope) ?? []), binding]);
    return binding;
  }

  /** Which calls go straight to a function; every other use of a function's name makes it a value. */
  #resolveCalls(classes: readonly ClassFacts[]): void {
    for (const { identifier, binding, unit, called, constructed } of this.#uses) {
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
      if (constructed && ready && binding.classFacts) {
        this.#directClasses.set(identifier, binding.classFacts);
        unit.calls.add(binding.classFacts.maker);
      }
    }
    for (const { unit, self } of this.#thisUses) this.#capture(unit, self);
    for (const { unit, facts } of this.#brandUses) if (facts.binding) this.#capture(unit, facts.binding);
    resolveSuper(this.#superUses, classes, (unit, binding) => this.#capture(unit, binding));
    for (const binding of this.#bindings.values()) {
      if (binding.assigned) binding.known = null;
      // What an evaluation declares may become a value in a later one.
      if (this.session && binding.scope === this.file && binding.known) binding.known.escapes = true;
    }
    for (const unit of this.#order) {
      if (!ts.isSourceFile(unit.node) && !ts.isFunctionDeclaration(unit.node)) unit.escapes ||= !isKnownInitializer(unit.node);
    }
  }

  /** True if no run of the program can come here before the binding is initialized. */
  #isReady(identifier: ts.Identifier, binding: Binding, unit: Unit): boolean {
    if (binding.kind !== 'let' && binding.kind !== 'const') return true;
    if (this.session && binding.scope === this.file) {
      const { starts, failed } = this.session;
      const declared = evaluationAt(starts, binding.readyAt);
      if (evaluationAt(starts, identifier.end) !== declared) return !failed.has(declared);
    }
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
      for (const binding of unit.captures) if (unit.createdAt < binding.readyAt || binding.assigned || binding.classFacts) binding.storage = 'cell';
    }
    for (const binding of [...this.#bindings.values(), ...this.#hiddenBindings]) {
      if ((binding.captured || this.session) && binding.scope === this.file) {
        binding.storage = 'slot';
        binding.slot = slotCount++;
      }
      if (binding.storage !== 'local' || binding.tested) binding.rep = 'val';
      if (binding.kind === 'function') binding.rep = 'val';
    }
    return slotCount;
  }
}
