/** Tagged templates: the function gets one array of strings for each place in the source, and the values. */
import ts = require('typescript');
import type { Value } from '../../../ir/types.js';
import { TAG, TEMPLATE } from '../../abi.js';
import { refuse } from '../refusals.js';
import type { Arguments } from './arguments.js';
import { callBoxed } from './call-values.js';
import { box } from './convert.js';
import { isForeign } from './foreign.js';
import type { GuestBody } from './guest-body.js';
import { callLibrary } from './library-calls.js';
import { getElement, getProperty } from './members.js';
import type { Operand } from './representation.js';
import { defineData, stringSymbol } from './static-data.js';
import { lowerKey } from './symbol-keys.js';

export function lowerTagged(body: GuestBody, node: ts.TaggedTemplateExpression): Operand {
  const tag = ts.isParenthesizedExpression(node.tag) || ts.isNonNullExpression(node.tag) ? node.tag.expression : node.tag;
  if (ts.isPropertyAccessExpression(tag) && ts.isIdentifier(tag.name)) {
    const { expression, name } = tag;
    const signature = ts.isIdentifier(expression) && isForeign(body.program, expression) ? body.program.libraryFunction(`${expression.text}$${name.text}`) : undefined;
    if (signature) return callLibrary(body, signature, null, argumentsOf(body, node), node);
    const object = body.expression(expression);
    return call(body, node, getProperty(body, object, name.text, tag), box(body, object));
  }
  if (ts.isElementAccessExpression(tag)) {
    const object = body.expression(tag.expression);
    return call(body, node, getElement(body, object, lowerKey(body, tag.argumentExpression), tag), box(body, object));
  }
  return call(body, node, body.expression(node.tag), body.undefinedValue());
}

function call(body: GuestBody, node: ts.TaggedTemplateExpression, callee: Operand, self: Value): Operand {
  const boxed = box(body, callee);
  return { rep: 'val', value: callBoxed(body, node, boxed, self, argumentsOf(body, node)) };
}

function argumentsOf(body: GuestBody, node: ts.TaggedTemplateExpression): Arguments {
  const { template } = node;
  const data = body.builder.op('data.addr', [], templateSymbol(body, node));
  const strings: Operand = { rep: 'val', value: body.builder.op('val.box', [body.libValue('template_object', [data], node)], TAG.object) };
  const values = ts.isTemplateExpression(template) ? template.templateSpans.map(({ expression }) => body.expression(expression)) : [];
  return { operands: [strings, ...values], list: null };
}

/** Named by its place, so that equal templates elsewhere are others. */
function templateSymbol(body: GuestBody, node: ts.TaggedTemplateExpression): string {
  const { module } = body.program;
  const symbol = `template$${node.template.pos}`;
  if (module.data.has(symbol)) return symbol;
  const parts = ts.isTemplateExpression(node.template) ? [node.template.head, ...node.template.templateSpans.map(({ literal }) => literal)] : [node.template];
  const bytes = new Uint8Array(TEMPLATE.strings + 8 * parts.length);
  new DataView(bytes.buffer).setInt32(TEMPLATE.count, parts.length, true);
  const relocations = parts.flatMap((part, index) => [
    { offset: TEMPLATE.strings + 8 * index, symbol: stringSymbol(module, part.text) },
    { offset: TEMPLATE.strings + 8 * index + 4, symbol: stringSymbol(module, rawTextOf(part)) },
  ]);
  return defineData(module, symbol, bytes, relocations);
}

function rawTextOf(part: ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail | ts.NoSubstitutionTemplateLiteral): string {
  const text = part.getText();
  const raw = text.slice(1, ts.isTemplateHead(part) || ts.isTemplateMiddle(part) ? -2 : -1).replaceAll(/\r\n?/g, '\n');
  if (hasBadEscape(raw)) refuse('BR1022', part);
  return raw;
}

/** Whether some escape has no value: the string would be undefined. Escapes are walked one by one, since a backslash may itself be escaped. */
function hasBadEscape(raw: string): boolean {
  for (let at = raw.indexOf('\\'); at >= 0; at = raw.indexOf('\\', at + 2)) {
    if (/^\\(?:x(?![0-9a-fA-F]{2})|u(?![0-9a-fA-F]{4}|\{[0-9a-fA-F]+\})|[1-9]|0[0-9])/.test(raw.slice(at, at + 12))) return true;
  }
  return false;
}
