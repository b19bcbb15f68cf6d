/** Methods of handle types as `CallSpec.call` wants them written: `on('Pool Client', 'query end')` is `Pool#query|Pool#end|Client#query|Client#end`. */
export const on = (types: string, methods: string): string =>
  types
    .split(' ')
    .flatMap((type) => methods.split(' ').map((method) => `${type}#${method}`))
    .join('|');
