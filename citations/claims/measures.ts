/** What a unit measures, and how many of the base unit it is: a kilometre is 1000 of `length`. */
export interface Measure {
  dimension: string;
  factor: number;
}

/** Units that have nothing to be converted to measure themselves. */
export function measureOf(unit: string): Measure {
  const [, base, per] = /^([^/]+)\/(.+)$/u.exec(unit) ?? [];
  if (base !== undefined && per !== undefined) {
    const above = measureOf(base);
    const below = measureOf(per);
    return {
      dimension: `${above.dimension}/${below.dimension}`,
      factor: above.factor / below.factor,
    };
  }
  return measures.get(unit) ?? { dimension: unit, factor: 1 };
}

const measures = new Map<string, Measure>(
  Object.entries({
    length: { km: 1e3, m: 1, cm: 1e-2, mm: 1e-3, mile: 1609.344, foot: 0.3048 },
    area: { 'square-km': 1e6, hectare: 1e4, 'square-m': 1 },
    mass: { tonne: 1e6, kg: 1e3, g: 1, mg: 1e-3, mcg: 1e-6 },
    volume: { 'cubic-km': 1e12, 'cubic-m': 1e3, litre: 1, millilitre: 1e-3 },
    // Both habits of counting bytes stay within one: nobody converts them in prose.
    memory: {
      tb: 1e12,
      gb: 1e9,
      mb: 1e6,
      kb: 1e3,
      tbit: 1.25e11,
      gbit: 1.25e8,
      mbit: 1.25e5,
      kbit: 125,
    },
    part: { share: 100, percent: 1 },
    frequency: { ghz: 1e9, mhz: 1e6, khz: 1e3, hz: 1 },
    power: { gw: 1e9, mw: 1e6, kw: 1e3, watt: 1 },
    time: { week: 604_800, day: 86_400, hour: 3600, minute: 60, second: 1 },
    months: { 'year-span': 12, 'month-span': 1 },
  }).flatMap(([dimension, units]) =>
    Object.entries(units).map(([unit, factor]): [string, Measure] => [unit, { dimension, factor }]),
  ),
);
