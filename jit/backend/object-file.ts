/**
 * Object file: object code and static data of a library, read lazily.
 *
 *   header   magic · ABI version · functions · data · words · bytes of text
 *   words    places of the records of functions, then of data; then the records
 *   text     all symbols, one to a line: names of functions, of data, then what records name besides
 *   bytes    code, names and contents, which records point into
 *
 * Needs a machine that stores words as WebAssembly does. Opening costs the lines of the text; an item is decoded when it
 * is first asked for, is the same object each time, and nobody may change it. Library code brings neither positions nor
 * names: what a guest's module tells of itself is about the guest.
 */
import type { DataSymbol } from '../../ir/function.js';
import type { Signature, Type } from '../../ir/types.js';
import { ABI_VERSION } from '../abi.js';
import { ByteWriter } from './byte-writer.js';
import type { FunctionObject } from './function-object.js';

const MAGIC = 0x6f626772;
const HEADER_WORDS = 6;

export interface ObjectFile {
  function(name: string): FunctionObject | undefined;
  data(name: string): DataSymbol | undefined;
}

export function writeObjectFile(functions: readonly FunctionObject[], data: readonly DataSymbol[]): Uint8Array {
  const writer = new Writer([...functions, ...data].map(({ name }) => name));
  const records = [...functions.map((func) => writer.func(func)), ...data.map((symbol) => writer.data(symbol))];
  return writer.finish(functions.length, records);
}

class Writer {
  readonly #bytes = new ByteWriter(1 << 16);
  readonly #numbers = new Map<string, number>();

  constructor(readonly symbols: string[]) {
    symbols.forEach((name, number) => this.#numbers.set(name, number));
  }

  func({ params, results, bytes, references, holes }: FunctionObject): number[] {
    const signature = this.#signature({ params, results });
    const { functions, addresses, data, globals, signatures } = references;
    const lists = [functions, addresses, data, globals].map((names) => names.map((name) => this.#symbol(name)));
    return [
      signature,
      ...this.#part(bytes),
      ...[...lists, signatures.map((each) => this.#signature(each))].flatMap((list) => [list.length, ...list]),
      holes.length,
      ...holes,
    ];
  }

  data({ align, bytes, relocations, functionRelocations }: DataSymbol): number[] {
    const pairs = relocations.flatMap(({ offset, symbol }) => [offset, this.#symbol(symbol)]);
    const functionPairs = functionRelocations.flatMap(({ offset, func }) => [offset, this.#symbol(func)]);
    return [align, ...this.#part(bytes), pairs.length, ...pairs, functionPairs.length, ...functionPairs];
  }

  finish(functionCount: number, records: readonly (readonly number[])[]): Uint8Array {
    const text = new TextEncoder().encode(this.symbols.join('\n'));
    const places: number[] = [];
    let place = records.length;
    for (const record of records) {
      places.push(place);
      place += record.length;
    }
    const header = [MAGIC, ABI_VERSION, functionCount, records.length - functionCount, place, text.length];
    const words = Int32Array.from([...header, ...places, ...records.flat()]);
    return Buffer.concat([new Uint8Array(words.buffer), text, this.#bytes.written]);
  }

  #part(bytes: Uint8Array): [number, number] {
    const at = this.#bytes.length;
    this.#bytes.bytes(bytes);
    return [at, bytes.length];
  }

  #signature({ params, results }: Signature): number {
    return this.#symbol(`${params.join(' ')}:${results.join(' ')}`);
  }

  #symbol(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.symbols.length);
    return this.symbols.push(name) - 1;
  }
}

export function openObjectFile(file: Uint8Array): ObjectFile {
  const aligned = file.byteOffset % 4 === 0 ? file : file.slice();
  const [magic, version, functionCount = 0, dataCount = 0, wordCount = 0, textBytes = 0] = new Int32Array(aligned.buffer, aligned.byteOffset, HEADER_WORDS);
  if (magic !== MAGIC || version !== ABI_VERSION) throw new Error('the library was not built with this compiler: build again');
  const textAt = (HEADER_WORDS + wordCount) * 4;
  const words = new Int32Array(aligned.buffer, aligned.byteOffset + HEADER_WORDS * 4, wordCount);
  const symbols = new TextDecoder().decode(aligned.subarray(textAt, textAt + textBytes)).split('\n');
  const reader = new Reader(words, symbols, aligned.subarray(textAt + textBytes));
  const functions = namesToPlaces(symbols, words, 0, functionCount);
  const data = namesToPlaces(symbols, words, functionCount, functionCount + dataCount);
  return {
    function: remembered(functions, (name, place) => reader.func(name, place)),
    data: remembered(data, (name, place) => reader.data(name, place)),
  };
}

function namesToPlaces(symbols: readonly string[], places: Int32Array, from: number, to: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let index = from; index < to; index++) found.set(symbols[index] ?? '', places[index] ?? 0);
  return found;
}

function remembered<Item>(places: ReadonlyMap<string, number>, read: (name: string, place: number) => Item): (name: string) => Item | undefined {
  const known = new Map<string, Item>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const place = places.get(name);
    if (place === undefined) return undefined;
    const item = read(name, place);
    known.set(name, item);
    return item;
  };
}

class Reader {
  readonly #signatures = new Map<number, Signature>();
  #at = 0;

  constructor(
    readonly words: Int32Array,
    readonly symbols: readonly string[],
    readonly bytes: Uint8Array,
  ) {}

  func(name: string, place: number): FunctionObject {
    this.#at = place;
    const signature = this.#signature(this.#word());
    const bytes = this.#part();
    const [functions, addresses, data, globals] = [this.#names(), this.#names(), this.#names(), this.#names()];
    const signatures = [...this.#list()].map((number) => this.#signature(number));
    return { name, ...signature, shownName: null, bytes, references: { functions, addresses, data, globals, signatures }, holes: this.#list(), positions: [], localNames: null };
  }

  data(name: string, place: number): DataSymbol {
    this.#at = place;
    const align = this.#word();
    const bytes = this.#part();
    const relocations = this.#pairs().map(([offset, symbol]) => ({ offset, symbol }));
    const functionRelocations = this.#pairs().map(([offset, func]) => ({ offset, func }));
    return { name, align, bytes, relocations, functionRelocations };
  }

  #word(): number {
    return this.words[this.#at++] ?? 0;
  }

  #list(): Int32Array {
    const length = this.#word();
    const from = this.#at;
    this.#at += length;
    return this.words.subarray(from, this.#at);
  }

  #name = (number: number): string => this.symbols[number] ?? '';

  #names(): string[] {
    return Array.from(this.#list(), this.#name);
  }

  #pairs(): [number, string][] {
    const list = this.#list();
    return Array.from({ length: list.length / 2 }, (_, pair) => [list[2 * pair] ?? 0, this.#name(list[2 * pair + 1] ?? 0)]);
  }

  #part(): Uint8Array {
    const at = this.#word();
    return this.bytes.subarray(at, at + this.#word());
  }

  #signature(number: number): Signature {
    const known = this.#signatures.get(number);
    if (known) return known;
    const [params = '', results = ''] = this.#name(number).split(':');
    const signature = { params: typesOf(params), results: typesOf(results) };
    this.#signatures.set(number, signature);
    return signature;
  }
}

/** The writer took them from signatures. */
const typesOf = (text: string): Type[] => (text === '' ? [] : (text.split(' ') as Type[]));
