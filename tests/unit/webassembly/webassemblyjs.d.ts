/** The parts of @webassemblyjs' syntax tree that tests compare with; the packages bring no types. */
declare module '@webassemblyjs/wasm-parser' {
  export function decode(bytes: ArrayBuffer, options: object): import('./syntax-tree.js').Program;
}
declare module '@webassemblyjs/wast-parser' {
  export function parse(text: string): import('./syntax-tree.js').Program;
}
