// Lists of calls, written as `CallSpec.call` wants them: each in full, `|` between them.

/** Methods of handle types: `on('Pool Client', 'query end')` is `Pool#query|Pool#end|Client#query|Client#end`. */
export const on = (types: string, methods: string): string =>
  types
    .split(' ')
    .flatMap((type) => methods.split(' ').map((method) => `${type}#${method}`))
    .join('|');

/** Names in each of their forms, where `*` stands for the name: `inForms('mkdir rm', ['*', '*Sync'])` is `mkdir|mkdirSync|rm|rmSync`. */
export const inForms = (names: string, forms: readonly string[]): string =>
  names
    .split(' ')
    .flatMap((name) => forms.map((form) => form.replace('*', name)))
    .join('|');
