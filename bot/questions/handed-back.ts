/** The program stops: the question stays in the journal and is answered after the next start. */
export class HandedBackError extends Error {
  override name = 'HandedBackError';

  constructor(options?: ErrorOptions) {
    super('the program stops before the question is answered', options);
  }
}
