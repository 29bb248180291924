/**
 * Plans against values, one level deep, and both in words for errors.
 */
import { types } from 'node:util';
import type { Plan } from '../jit/artifact.js';

/** Refs in a row: more than any type has; a table that leads round ends here. */
const MOST_REFS = 100;

export function resolvePlan(plan: Plan, plans: readonly Plan[]): Plan {
  let found = plan;
  for (let i = 0; found.kind === 'ref' && i < MOST_REFS; i++) found = plans[found.plan] ?? { kind: 'any' };
  return found;
}

/** Whether a value is of this kind; what it holds is not looked at. */
export function fits(value: unknown, wanted: Plan, plans: readonly Plan[]): boolean {
  const plan = resolvePlan(wanted, plans);
  switch (plan.kind) {
    case 'any': return true;
    case 'number':
    case 'string':
    case 'boolean':
    case 'bigint':
    case 'undefined': return typeof value === plan.kind;
    case 'null': return value === null;
    case 'literal': return value === plan.value;
    case 'date': return types.isDate(value);
    case 'bytes': return ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value);
    case 'array': return Array.isArray(value);
    case 'tuple': return Array.isArray(value) && value.length === plan.items.length;
    case 'map': return types.isMap(value);
    case 'set': return types.isSet(value);
    case 'union': return plan.of.some((member) => fits(value, member, plans));
    case 'object': return isRecord(value);
    case 'ref': return false;
  }
}

/** For members of unions: as `fits`, and the fields that hold primitives or are missing tell objects apart. */
export function suits(value: unknown, wanted: Plan, plans: readonly Plan[]): boolean {
  const plan = resolvePlan(wanted, plans);
  if (!fits(value, plan, plans)) return false;
  if (plan.kind !== 'object' || types.isProxy(value)) return true;
  return plan.fields.every((field) => {
    const own = Object.getOwnPropertyDescriptor(value, field.name);
    if (own === undefined) return field.optional || fits(undefined, field.plan, plans);
    if (!('value' in own) || (field.optional && own.value === undefined)) return true;
    return fits(own.value, field.plan, plans);
  });
}

/** Objects that a type with fields may describe. */
const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

export function describePlan(wanted: Plan, plans: readonly Plan[]): string {
  const plan = resolvePlan(wanted, plans);
  switch (plan.kind) {
    case 'any': return 'plain data';
    case 'literal': return JSON.stringify(plan.value);
    case 'array': return `an array of ${shortPlan(plan.item, plans)}`;
    case 'tuple': return `a tuple of ${plan.items.length}`;
    case 'object': return plan.fields.length === 0 ? 'an object' : `an object with ${plan.fields.map(({ name }) => name).slice(0, 5).join(', ')}`;
    case 'map': return 'a Map';
    case 'set': return 'a Set';
    case 'date': return 'a Date';
    case 'bytes': return 'bytes';
    case 'union': return plan.of.map((member) => shortPlan(member, plans)).join(' | ');
    case 'ref': return 'a recursive type';
    default: return plan.kind;
  }
}

/** As part of another description: one level only. */
function shortPlan(wanted: Plan, plans: readonly Plan[]): string {
  const plan = resolvePlan(wanted, plans);
  return plan.kind === 'array' ? 'array' : plan.kind === 'union' ? 'a union' : describePlan(plan, plans);
}

const MOST_SHOWN = 40;

export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string': return value.length > MOST_SHOWN ? `${JSON.stringify(value.slice(0, MOST_SHOWN))}…` : JSON.stringify(value);
    case 'object': return value === null ? 'null' : Array.isArray(value) ? `an array of ${value.length}` : `an object (${className(value)})`;
    case 'function': return 'a function';
    case 'symbol': return 'a symbol';
    case 'bigint': return `${String(value).slice(0, MOST_SHOWN)}n`;
    default: return String(value);
  }
}

/** The constructor's name, without running getters of the value itself. */
function className(value: object): string {
  if (types.isProxy(value)) return 'Proxy';
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return 'Object';
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'Object';
}
