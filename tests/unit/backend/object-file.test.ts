/** Library object code comes back from its file, and a module linked from it has the code that linking IR gives. */
import { describe, expect, test } from '@jest/globals';
import { Builder, symbolTypesOf } from '../../../ir/builder.js';
import { createFunction, createModule } from '../../../ir/function.js';
import { emitModule, emitObjects } from '../../../jit/backend/backend.js';
import { functionObject } from '../../../jit/backend/function-object.js';
import { openObjectFile, writeObjectFile } from '../../../jit/backend/object-file.js';
import { lowerModule } from '../../../jit/pipeline.js';
import { loadLibrary } from '../../../jit/library.js';
import { link, linkedIr, linkObjects } from '../../../jit/link.js';
import { codeSection, dataSymbol, define } from './rig.js';

const SIGNATURE = { params: ['i32' as const], results: ['val' as const, 'i32' as const] };

describe('object files', () => {
  test('items come back as they were written', () => {
    const module = createModule();
    module.data.set('word', dataSymbol('word', 8, [1, 2, 3], { relocations: [{ offset: 0, symbol: 'other' }] }));
    module.data.set('other', dataSymbol('other', 4, [4], { functionRelocations: [{ offset: 0, func: 'f' }] }));
    module.globals.set('count', { name: 'count', type: 'i32', mutable: true, initial: 0 });
    const f = define(module, 'f', ['i32'], ['i32'], (b, x) => {
      b.emit('global.set', [x], 'count');
      b.emit('call_indirect', [x, b.op('func.index', [], 'f')], SIGNATURE);
      b.ret(b.op('i32.add', [b.op('data.addr', [], 'word'), x]));
    });
    const object = { ...functionObject(f, false), shownName: null, localNames: null };
    const file = openObjectFile(writeObjectFile([object], [...module.data.values()]));
    expect(file.function('f')).toEqual(object);
    expect(file.data('word')).toEqual(module.data.get('word'));
    expect(file.data('other')).toEqual(module.data.get('other'));
    expect(file.function('other')).toBeUndefined();
    expect(file.function('f')).toBe(file.function('f'));
  });

  test('a file of another compiler is refused', () => {
    const file = writeObjectFile([], []);
    file[4] = 255;
    expect(() => openObjectFile(file)).toThrow('was not built with this compiler');
  });

  test('linked from object code or from IR, the code is the same', () => {
    const { objects, library } = loadLibrary();
    const program = createModule();
    const f = createFunction('f', { params: ['f64'], results: ['ref'] });
    const known = symbolTypesOf(program);
    const builder = new Builder(f, { ...known, signature: (name) => library.signature(name) ?? known.signature(name) });
    builder.ret(...builder.call('number_to_string', builder.entry()));
    program.functions.set('f', f);
    lowerModule(program);
    const linked = linkObjects(program, objects);
    const ir = linkedIr(linked, program, library);
    expect([...link(program, library).functions.keys()].sort()).toEqual([...linked.functions.keys()].sort());
    expect(codeSection(emitModule(ir).wasm)).toBe(codeSection(emitObjects(linked).wasm));
  });
});
