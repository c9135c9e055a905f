/** `my-method` as `MyMethod` */
export function pascalCase(name) {
  return name
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
}

/** `my-method` as `myMethod` */
export function camelCase(name) {
  const pascal = pascalCase(name);
  return pascal[0].toLowerCase() + pascal.slice(1);
}

/** `my-method` as `my_method` */
export function snakeCase(name) {
  return name.replaceAll('-', '_');
}
