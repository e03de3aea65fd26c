export type Outcome<Value> =
  | { status: 'done'; value: Value }
  | { status: 'failed'; error: unknown }
  /** Not waited for: the deadline passed, or the others had brought enough. */
  | { status: 'late'; reason: 'deadline' | 'grace' };

export interface GatherOptions<Value> {
  /** How long the slowest may take. */
  deadlineMs: number;
  /** How long the rest is still waited for once there is enough. */
  graceMs: number;
  /** Asked after each arrival with all values so far. */
  isEnough: (values: Value[]) => boolean;
  signal: AbortSignal;
}

/**
 * Runs all tasks at once and gives an outcome for each, in their order, as soon as all have ended
 * or waiting longer is not worth it. Tasks that are not waited for are aborted. Rejects only when
 * the caller aborts, with the caller's reason.
 */
export async function gather<Value>(
  tasks: readonly ((signal: AbortSignal) => Promise<Value>)[],
  { deadlineMs, graceMs, isEnough, signal }: GatherOptions<Value>,
): Promise<Outcome<Value>[]> {
  signal.throwIfAborted();
  const outcomes = new Map<number, Outcome<Value>>();
  const controller = new AbortController();
  const { promise: end, resolve: finish, reject } = Promise.withResolvers<'deadline' | 'grace'>();
  const abort = (): void => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  const deadline = setTimeout(finish, deadlineMs, 'deadline');
  let grace: NodeJS.Timeout | null = null;

  const settle = (index: number, outcome: Outcome<Value>): void => {
    outcomes.set(index, outcome);
    if (outcomes.size === tasks.length) finish('deadline');
    else if (grace === null && isEnough(valuesOf(outcomes.values()))) {
      grace = setTimeout(finish, graceMs, 'grace');
    }
  };
  for (const [index, task] of tasks.entries()) void run(task, controller.signal, index, settle);
  if (tasks.length === 0) finish('deadline');

  try {
    const reason = await end;
    return tasks.map((_, index) => outcomes.get(index) ?? { status: 'late', reason });
  } finally {
    clearTimeout(deadline);
    clearTimeout(grace ?? undefined);
    signal.removeEventListener('abort', abort);
    controller.abort(signal.aborted ? signal.reason : new Error('not waited for'));
  }
}

async function run<Value>(
  task: (signal: AbortSignal) => Promise<Value>,
  signal: AbortSignal,
  index: number,
  settle: (index: number, outcome: Outcome<Value>) => void,
): Promise<void> {
  try {
    settle(index, { status: 'done', value: await task(signal) });
  } catch (error) {
    settle(index, { status: 'failed', error });
  }
}

function valuesOf<Value>(outcomes: Iterable<Outcome<Value>>): Value[] {
  return [...outcomes].flatMap((outcome) => (outcome.status === 'done' ? [outcome.value] : []));
}
