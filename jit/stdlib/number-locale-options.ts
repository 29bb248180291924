/**
 * toLocaleString of numbers, for en-US alone: the options that say how many digits to show, whether to group them, and the
 * styles `percent` and `currency`. Other locales and options are refused when compiled; what comes as `any` throws here.
 */
import { UNDEFINED } from '../abi.js';
import { range_error, type_error } from './errors.js';
import {
  abs, isString, str, toI32, trunc, unboxRef, type bool, type f64, type i32, type ref, type val,
} from './intrinsics.js';
import { add_en } from './number-locale.js';
import { to_boolean, to_number, to_string } from './operators.js';
import { get_property } from './properties.js';
import { string_concat, string_equals, string_length } from './strings.js';
import { text_add, text_add_unit, text_finish, text_new } from './text.js';

const MINUS = 45;
const PERCENT = 37;
const STYLE = { decimal: 0, percent: 1, currency: 2 } as const;
/** Most digits behind the point: by default, and at all. */
const PLACES = 3;
const MOST_PLACES = 100;

export function Number_toLocaleString(self: f64, locales: val, options: val): str {
  check_locale(locales);
  if (options === UNDEFINED) return formatted(self, STYLE.decimal, str(''), 0, PLACES, true);
  const style: i32 = style_of(get_property(options, str('style')));
  const code: val = get_property(options, str('currency'));
  if (style === STYLE.currency && code === UNDEFINED) throw type_error(str('Currency code is required with currency style.'));
  const usual: i32 = style !== STYLE.currency ? 0 : places_of_currency(code);
  const least_given: val = get_property(options, str('minimumFractionDigits'));
  const most_given: val = get_property(options, str('maximumFractionDigits'));
  const usual_most: i32 = style === STYLE.decimal ? PLACES : usual;
  const given_least: i32 = places(least_given, str('minimumFractionDigits'), usual);
  const given_most: i32 = places(most_given, str('maximumFractionDigits'), usual_most);
  // One that is given moves the other's default.
  const least: i32 = least_given === UNDEFINED && given_most < given_least ? given_most : given_least;
  const most: i32 = most_given === UNDEFINED && given_least > given_most ? given_least : given_most;
  if (least > most) throw range_error(str('maximumFractionDigits value is out of range.'));
  const grouping: val = get_property(options, str('useGrouping'));
  const mark: str = style === STYLE.currency ? currency_mark(code) : str('');
  return formatted(self, style, mark, least, most, grouping === UNDEFINED || to_boolean(grouping));
}

function check_locale(locales: val): void {
  if (locales === UNDEFINED) return;
  if (isString(locales) && (string_equals(unboxRef(locales), str('en-US')) || string_equals(unboxRef(locales), str('en')))) return;
  throw range_error(str('only the locale en-US is supported'));
}

function style_of(style: val): i32 {
  if (style === UNDEFINED) return STYLE.decimal;
  const name: str = to_string(style);
  if (string_equals(name, str('decimal'))) return STYLE.decimal;
  if (string_equals(name, str('percent'))) return STYLE.percent;
  if (string_equals(name, str('currency'))) return STYLE.currency;
  throw range_error(string_concat(string_concat(str('Value '), name), str(' out of range for Intl.NumberFormat options property style')));
}

function places(given: val, name: str, missing: i32): i32 {
  if (given === UNDEFINED) return missing;
  const count: f64 = trunc(to_number(given));
  if (!(count >= 0 && count <= MOST_PLACES)) throw range_error(string_concat(name, str(' value is out of range.')));
  return toI32(count);
}

function formatted(x: f64, style: i32, mark: str, least: i32, most: i32, grouped: bool): str {
  let text: ref = text_new(32);
  if (x < 0 || (x === 0 && 1 / x < 0)) text = text_add_unit(text, MINUS);
  text = text_add(text, mark);
  if (x !== x) text = text_add(text, str('NaN'));
  else if (abs(x) > 1.7976931348623157e308) text = text_add(text, str('∞'));
  else text = add_en(text, style === STYLE.percent ? x * 100 : x, least, most, grouped);
  if (style === STYLE.percent) text = text_add_unit(text, PERCENT);
  return text_finish(text);
}

function is_code(code: str, known: str): bool {
  return string_equals(code, known);
}

/** What en-US writes before an amount: a sign of its own for some currencies, else the code. */
function currency_mark(given: val): str {
  const code: str = to_string(given);
  if (is_code(code, str('USD'))) return str('$');
  if (is_code(code, str('EUR'))) return str('€');
  if (is_code(code, str('GBP'))) return str('£');
  if (is_code(code, str('JPY'))) return str('¥');
  if (is_code(code, str('CNY'))) return str('CN¥');
  if (is_code(code, str('INR'))) return str('₹');
  if (is_code(code, str('KRW'))) return str('₩');
  if (is_code(code, str('BRL'))) return str('R$');
  if (is_code(code, str('CAD'))) return str('CA$');
  if (is_code(code, str('AUD'))) return str('A$');
  if (is_code(code, str('MXN'))) return str('MX$');
  if (is_code(code, str('NZD'))) return str('NZ$');
  if (is_code(code, str('ILS'))) return str('₪');
  if (is_code(code, str('VND'))) return str('₫');
  if (is_code(code, str('TWD'))) return str('NT$');
  if (is_code(code, str('HKD'))) return str('HK$');
  if (string_length(code) !== 3) throw range_error(string_concat(str('Invalid currency code : '), code));
  return string_concat(code, str('\u00a0'));
}

/** Digits behind the point: the currencies of the world without any, else two. */
function places_of_currency(given: val): i32 {
  const code: str = to_string(given);
  if (is_code(code, str('JPY')) || is_code(code, str('KRW')) || is_code(code, str('VND')) || is_code(code, str('CLP')) || is_code(code, str('ISK'))) return 0;
  return 2;
}
