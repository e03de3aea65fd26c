/** The share of items that pass, 0 to 1 with four decimals; 0 of none. */
export function share<T>(items: readonly T[], passes: (item: T) => boolean): number {
  return items.length === 0 ? 0 : round(items.filter(passes).length / items.length, 4);
}

/** The value that `fraction` of all values do not exceed, by the nearest rank. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const rank = Math.max(1, Math.ceil(fraction * sorted.length));
  return round(sorted[rank - 1] ?? 0, 1);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** With two decimals; 0 of none. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) return 0;
  return round(values.reduce((sum, value) => sum + value, 0) / values.length, 2);
}

export function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
