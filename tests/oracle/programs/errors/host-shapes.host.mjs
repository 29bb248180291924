class QuotaError extends Error { constructor() { super('quota used up'); this.name = 'QuotaError'; this.limit = 5; } }
export const sync = () => { throw new RangeError('at once'); };
export const custom = async () => { throw new QuotaError(); };
export const text = async () => { throw 'plain text'; };
export const nothing = async () => { throw undefined; };
export const object = async () => { throw { code: 'E1', info: { at: [1, 2] } }; };
export const caused = async () => { throw new Error('outer', { cause: new TypeError('inner') }); };
export const coded = async () => { throw Object.assign(new Error('no such file'), { code: 'ENOENT', errno: -2 }); };
