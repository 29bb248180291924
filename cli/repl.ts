export async function repl(_: unknown): Promise<number> { return 0; }
