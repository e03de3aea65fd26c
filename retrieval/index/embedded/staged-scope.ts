/** Where a source's staged pages lie until they are served: no scope that a query could name. */
export function stagedScope(sourceId: string): `staged:${string}` {
  return `staged:${sourceId}`;
}

export function isStaged(scope: string): boolean {
  return scope.startsWith('staged:');
}
