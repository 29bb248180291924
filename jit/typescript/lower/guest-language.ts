/** The guest language, put together from its families. */
import { lowerClassDeclaration } from './classes.js';
import { awaitValue } from './suspensions.js';
import { hoistFunctions } from './closures.js';
import { bindPattern, declareList } from './destructuring.js';
import { areEqual } from './equality.js';
import { branchOn, lowerExpression } from './expressions.js';
import { returnFromGenerator } from './generators.js';
import { lowerEnum } from './enums.js';
import type { GuestLanguage } from './guest-body.js';
import { lowerForIn, lowerForOf } from './iteration.js';
import { lowerStatement } from './statements.js';
import { lowerStatements } from './using.js';

export const GUEST_LANGUAGE: GuestLanguage = {
  statement: lowerStatement,
  expression: lowerExpression,
  branchOn,
  declareList,
  bindPattern,
  hoistFunctions,
  areEqual,
  forOf: lowerForOf,
  forIn: lowerForIn,
  classDeclaration: lowerClassDeclaration,
  awaitValue,
  returnFromGenerator,
  enumDeclaration: lowerEnum,
  statements: lowerStatements,
};
